VANS = [
    {"model": "mercedes/vito-2"},
    {"model": "ford/e-transit"},
    {"model": "volkswagen/id-buzz"},
]
