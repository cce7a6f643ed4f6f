import json
import os.path
from collections import OrderedDict

import numpy as np
import requests
from django.db import models
