"""A question like those of the core bank. The process that scores reads answers to it."""

from attempts.scoring_process.messages import Said, Task

QUESTION = "How do you roll out a new version of a model?"
POINTS = [
    "Send a small part of the traffic to the new version first, and watch its metrics.",
    "Keep the old version ready, so that one can go back to it at once.",
    "Compare both versions on the same requests before anybody sees the answers.",
]
PHRASINGS = [
    {
        "accept": ["Start with a canary that gets one percent of the requests.",
                   "Shift traffic gradually while you watch errors and latency."],
        "reject": ["Send all traffic to the new version at once."],
    },
    {
        "accept": ["Roll back to the previous model if something looks wrong.",
                   "The previous version stays deployed for a quick rollback."],
        "reject": ["Delete the old version as soon as the new one is live."],
    },
    {
        "accept": ["Run the new model in shadow mode on live requests.",
                   "Mirror production traffic to it and compare the outputs offline."],
        "reject": ["Offline tests are enough before a release."],
    },
]  # fmt: skip
EXAMPLE = (
    "I would mirror production traffic to the new version and compare the outputs. Then a canary"
    " gets one percent of the requests while I watch errors and latency. The previous version stays"
    " deployed, so that I can roll back at once."
)
THIN = "I start with a canary that gets one percent of the requests, and watch errors and latency."


def task(*texts: str) -> Task:
    said = [Said(asked=QUESTION, text=text) for text in texts]
    return Task(key_points=POINTS, model_answer=EXAMPLE, phrasings=PHRASINGS, said=said)
