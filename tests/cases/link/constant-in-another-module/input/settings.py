ENCODER = "microsoft/mpnet-base"
DEBUG = False
