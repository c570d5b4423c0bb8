-- Counting the articles of every tag asks for each article's status: from this index, without reading the article itself.
create index article_published on article (id, status);
