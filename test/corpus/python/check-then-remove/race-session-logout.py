# race: check-then-remove check=17 act=18
from flask import Flask, request

app = Flask(__name__)
sessions = {}


@app.post("/login")
def login():
    sessions[request.form["user"]] = {"cart": []}
    return "welcome"


@app.post("/logout")
def logout():
    user = request.form["user"]
    if user in sessions:
        del sessions[user]
        return "bye"
    return "not logged in", 404
