MODEL = "microsoft/trocr-base-printed"
