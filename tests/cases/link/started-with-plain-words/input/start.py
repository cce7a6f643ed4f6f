import subprocess
import sys

subprocess.run([sys.executable, "get.py", "acme/from-code"], check=True)
