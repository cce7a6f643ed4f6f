python look.py at acme/eye --picture=acme/sky
python look.py --size acme/large at --eye acme/other-eye
python look.py away acme/not-loaded
