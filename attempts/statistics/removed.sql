-- What these attempts had added to the statistics so far is taken away (sums.sql goes on from here).
-- Parameter: attempts (their ids).
WITH changed AS (
    DELETE FROM attempts_countedanswer WHERE attempt_id = ANY(%(attempts)s::uuid[]) RETURNING *
)
