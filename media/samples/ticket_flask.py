# The ticket server as a Flask application, which serves each request on a thread of its own.
from flask import Flask, request

app = Flask(__name__)
seats = {"12A": None, "12B": None, "12C": None}


def charge(name):
    with open("payments.log", "a") as log:
        log.write(name + "\n")


@app.post("/seats/<seat>")
def buy(seat):
    name = request.form["name"]
    if seats[seat] is None:
        charge(name)
        seats[seat] = name
        return "sold"
    return "taken", 409
