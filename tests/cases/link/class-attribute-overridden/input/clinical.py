from base import Encoder


class Clinical(Encoder):
    name = "emilyalsentzer/Bio_ClinicalBERT"
