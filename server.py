"""The WSGI application, for `flask --app server run` or any server: `KG_STORE` names the folder of the store."""

from kg.web import create_app

app = create_app()
