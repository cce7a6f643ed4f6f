from flask import Flask, render_template, send_file

from studio import paint

app = Flask(__name__)


@app.get("/looks/<name>")
def look(name: str):
    return render_template("looks/show.html", pipe=paint.load(name))


@app.get("/gallery/latest")
def latest():
    return send_file("gallery/latest.webp", mimetype="image/webp")
