import a

NAME = a.OTHER


def again():
    return a.NAME
