-- How many people have one paper, two papers, and so on: the numbers of Lotka's law.
SELECT n AS papers, count(*) AS people
FROM (SELECT person, count(*) AS n FROM authorships GROUP BY person)
GROUP BY n
ORDER BY n
