import acme

acme.setup(install_requires=compute())
print("torch==2.0")
