from flask import Flask, render_template

app = Flask(__name__)
MODEL = "auth/login"


@app.get("/users/<name>")
def user(name, template="users/show"):
    return render_template(template or MODEL, name=name, kind="application/json")
