# race: lost-update check=12 act=12
from flask import Flask

app = Flask(__name__)
votes = {"red": 0, "blue": 0}


@app.post("/vote/<colour>")
def vote(colour):
    if colour not in votes:
        return "unknown", 404
    votes[colour] += 1
    return str(votes[colour])


@app.get("/result")
def result():
    return votes
