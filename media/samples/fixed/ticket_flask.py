# The seat is looked at and sold under one lock, and charged for after it was sold.
import threading

from flask import Flask, request

app = Flask(__name__)
seats = {"12A": None, "12B": None, "12C": None}
seats_lock = threading.Lock()


def charge(name):
    with open("payments.log", "a") as log:
        log.write(name + "\n")


@app.post("/seats/<seat>")
def buy(seat):
    name = request.form["name"]
    with seats_lock:
        if seats[seat] is not None:
            return "taken", 409
        seats[seat] = name
    charge(name)
    return "sold"
