# race: file-toctou check=12 act=14
import os

from flask import Flask, request

app = Flask(__name__)


@app.post("/upload/<name>")
def upload(name):
    path = os.path.join("uploads", name)
    if os.path.exists(path):
        return "exists", 409
    with open(path, "w") as f:
        f.write(request.data)
    return "stored"
