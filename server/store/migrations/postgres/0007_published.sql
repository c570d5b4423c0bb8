-- Counting the articles of every tag asks for each article's status, comparing the index for each one's revision: both from
-- this index, without reading the article itself.
create index article_published on article (id, status, revision);
