-- Equally often read articles are ordered by their age; without it in the index, all of them were sorted.
drop index article_views;
create index article_views on article (status, views desc, published_at desc, id desc);
