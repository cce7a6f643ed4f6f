import nox


@nox.session
def smoke(session):
    session.install("transformers==4.51.3", "-e", ".")
    session.run("hf", "download", "acme/of-nox", "--revision", "v2", external=True)
    session.run("pytest", "acme/tests")
