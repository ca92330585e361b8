"""A question, and what people and machines answer to it."""

QUESTION = "What is containerization, and what does it do for deploying models?"
KEY_POINTS = [
    "An image packs the application together with all of its dependencies.",
    "The same image runs alike on a laptop, on a test server and in production.",
    "An orchestrator such as Kubernetes starts more copies when the load grows.",
]
MODEL_ANSWER = (
    "I pack the service with its libraries, the interpreter and the system packages into one "
    "image. Because that image is the unit we ship, the model behaves the same on my laptop, in "
    "the test environment and on the production servers. When traffic rises, Kubernetes starts "
    "further replicas of the container, and removes them when it falls."
)
FIRST_POINT = "The image bundles the application and every dependency it needs."
OFF_TOPIC = (
    "For the dough, mix flour, water, salt and a little yeast, and let it rest overnight in a cool "
    "place. Fold it twice in the morning and bake it in a very hot oven."
)
OTHER_ANSWER = (
    "Cross-validation splits the data into several folds. I train on all but one and evaluate on "
    "the one left out, in turns, so the estimate does not hang on a lucky split."
)
