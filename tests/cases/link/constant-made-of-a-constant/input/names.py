from base import ORG

SMALL = ORG + "/granite-3.1-2b-instruct"
DEFAULT = SMALL
