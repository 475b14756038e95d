"""Measurements that are run by hand: how fast and how well calibrated the converter is."""
