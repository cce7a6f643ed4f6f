ORG = "ibm-granite"
