//! Categories, tags, old addresses and the lists beside the articles, as admins change them.

use crate::support::{article, on_both};
use store::{CategoryChange, Event, ListChange, RedirectChange, Store, TagChange};
use types::{ArticleFilter, LearningCard, Page, PageNumber, Quotation, Slug, TagKey};

const EVENT: Event<'static> = Event { actor: "boss", action: "tried", object: "", address: "192.0.2.0/24" };

fn slug(text: &str) -> Slug {
    text.parse().unwrap()
}

fn key(text: &str) -> TagKey {
    text.parse().unwrap()
}

async fn id(store: &Store, wanted: &str) -> i64 {
    let tree = store.category_tree().await.unwrap();
    let every = tree.iter().flat_map(|group| std::iter::once(group).chain(&group.leaves));
    every.clone().find(|node| node.slug.as_str() == wanted).unwrap().id
}

/// The tree as `group: leaf leaf`.
async fn tree(store: &Store) -> Vec<String> {
    let tree = store.category_tree().await.unwrap();
    tree.iter()
        .map(|group| {
            let leaves: Vec<_> = group.leaves.iter().map(|leaf| leaf.slug.as_str()).collect();
            format!("{}: {}", group.slug, leaves.join(" "))
        })
        .collect()
}

async fn changed_since(store: &Store, seq: i64) -> usize {
    store.changes_after(seq, 100).await.unwrap().len()
}

async fn audited(store: &Store) -> u64 {
    store.audit("", PageNumber::FIRST, 1).await.unwrap().total
}

on_both! {
    async fn a_renamed_category_takes_its_articles_and_its_old_addresses_along(store: Store) {
        store.save_articles(&[article("one")]).await.remove(0).unwrap();
        let (mysql, before) = (id(&store, "mysql").await, store.last_change().await.unwrap());
        assert_eq!(store.rename_category(mysql, "Mongo 2", &slug("mongo"), &EVENT).await.unwrap(), CategoryChange::SlugTaken);
        assert_eq!(store.rename_category(1, "x", &slug("x"), &EVENT).await.unwrap(), CategoryChange::Missing);
        assert_eq!((changed_since(&store, before).await, audited(&store).await), (0, 0), "a refusal changes nothing");
        for (name, new) in [("MariaDB", "mariadb"), ("Maria", "maria")] {
            assert_eq!(store.rename_category(mysql, name, &slug(new), &EVENT).await.unwrap(), CategoryChange::Done);
        }
        for old in ["/category/mysql", "/category/mariadb"] {
            assert_eq!(store.redirect_for(old).await.unwrap().as_deref(), Some("/category/maria"), "{old}");
        }
        assert_eq!(store.category_now(&slug("mysql")).await.unwrap(), Some(slug("maria")));
        let now = store.categories_now(&[slug("mysql"), slug("maria"), slug("none")]).await.unwrap();
        assert_eq!(now, [(slug("mysql"), slug("maria"))].into());
        assert_eq!((changed_since(&store, before).await, audited(&store).await), (2, 2));
        let found = store.article_by_slug(&slug("one")).await.unwrap().unwrap();
        assert_eq!((found.summary.category.name.as_str(), found.summary.category.slug.as_str()), ("Maria", "maria"));
        assert_eq!(store.rename_category(mysql, "MySQL", &slug("mysql"), &EVENT).await.unwrap(), CategoryChange::Done);
        assert_eq!(store.redirect_for("/category/mysql").await.unwrap(), None, "an address with a page leads nowhere else");
        assert_eq!(store.redirect_for("/category/maria").await.unwrap().as_deref(), Some("/category/mysql"));
    }

    async fn categories_are_made_ordered_and_moved_and_never_stand_three_deep(store: Store) {
        let (databases, systems) = (id(&store, "databases").await, id(&store, "systems").await);
        let (mysql, mongo) = (id(&store, "mysql").await, id(&store, "mongo").await);
        assert_eq!(store.add_category(Some(databases), "Redis", &slug("redis"), &EVENT).await.unwrap(), CategoryChange::Done);
        assert_eq!(store.add_category(None, "Redis", &slug("redis"), &EVENT).await.unwrap(), CategoryChange::SlugTaken);
        assert_eq!(store.add_category(Some(mysql), "x", &slug("x"), &EVENT).await.unwrap(), CategoryChange::TooDeep);
        assert_eq!(store.add_category(Some(1), "x", &slug("x"), &EVENT).await.unwrap(), CategoryChange::Missing);
        assert_eq!(store.add_category(None, "云", &slug("cloud"), &EVENT).await.unwrap(), CategoryChange::Done);
        let place = async |category, parent, place| store.place_category(category, parent, place, &EVENT).await.unwrap();
        assert_eq!(place(mongo, Some(databases), 0).await, CategoryChange::Done);
        assert_eq!(place(systems, None, 0).await, CategoryChange::Done);
        assert_eq!(tree(&store).await, ["systems: linux", "databases: mongo mysql redis", "cloud: "]);
        store.save_articles(&[article("one")]).await.remove(0).unwrap();
        let before = store.last_change().await.unwrap();
        assert_eq!(place(mysql, Some(systems), 99).await, CategoryChange::Done);
        assert_eq!(tree(&store).await, ["systems: linux mysql", "databases: mongo redis", "cloud: "]);
        assert_eq!(changed_since(&store, before).await, 1, "the index learns the new group");
        assert_eq!(store.article_by_slug(&slug("one")).await.unwrap().unwrap().summary.category.group_slug, slug("systems"));
        for (category, parent) in [(databases, Some(systems)), (databases, Some(databases)), (mongo, Some(mysql))] {
            assert_eq!(place(category, parent, 0).await, CategoryChange::TooDeep);
        }
        assert_eq!(place(mysql, None, 1).await, CategoryChange::Done);
        assert_eq!(tree(&store).await, ["systems: linux", "mysql: ", "databases: mongo redis", "cloud: "]);
    }

    async fn merged_categories_lose_no_article_and_no_leaf(store: Store) {
        store.save_articles(&[article("one"), article("two")]).await;
        let (databases, systems) = (id(&store, "databases").await, id(&store, "systems").await);
        let (mysql, mongo, linux) = (id(&store, "mysql").await, id(&store, "mongo").await, id(&store, "linux").await);
        let before = store.last_change().await.unwrap();
        for (from, into) in [(mysql, mysql), (databases, linux), (databases, mongo)] {
            assert_eq!(store.merge_category(from, into, &EVENT).await.unwrap(), CategoryChange::TooDeep);
        }
        assert_eq!(store.merge_category(1, mysql, &EVENT).await.unwrap(), CategoryChange::Missing);
        assert_eq!(store.merge_category(mysql, mongo, &EVENT).await.unwrap(), CategoryChange::Done);
        assert_eq!(changed_since(&store, before).await, 2);
        assert_eq!(store.redirect_for("/category/mysql").await.unwrap().as_deref(), Some("/category/mongo"));
        assert_eq!(store.article_by_slug(&slug("two")).await.unwrap().unwrap().summary.category.slug, slug("mongo"));
        assert_eq!(store.merge_category(databases, systems, &EVENT).await.unwrap(), CategoryChange::Done);
        assert_eq!(tree(&store).await, ["systems: linux mongo"]);
        assert_eq!(store.category_tree().await.unwrap()[0].leaves[1].every, 2);
        assert_eq!(store.merge_category(mongo, systems, &EVENT).await.unwrap(), CategoryChange::Done);
        assert_eq!(store.redirect_for("/category/mysql").await.unwrap().as_deref(), Some("/category/systems"), "in one step");
    }

    async fn what_a_category_was_called_leads_to_what_it_is_now(store: Store) {
        let (mysql, mongo) = (id(&store, "mysql").await, id(&store, "mongo").await);
        let former = async || {
            let names = store.former_category_names().await.unwrap();
            let mut names: Vec<_> = names.into_iter().map(|(name, slug)| format!("{name}: {slug}")).collect();
            names.sort();
            names.join(", ")
        };
        store.rename_category(mysql, "MySQL", &slug("maria"), &EVENT).await.unwrap();
        assert_eq!(former().await, "", "another slug alone is a redirect");
        for name in ["关系库", "关系数据库", "MySQL"] {
            store.rename_category(mysql, name, &slug("maria"), &EVENT).await.unwrap();
        }
        assert_eq!(former().await, "MySQL: maria, 关系库: maria, 关系数据库: maria");
        store.rename_category(mongo, "关系库", &slug("mongo"), &EVENT).await.unwrap();
        store.rename_category(mongo, "文档库", &slug("mongo"), &EVENT).await.unwrap();
        assert_eq!(former().await, "Mongo: mongo, MySQL: maria, 关系库: mongo, 关系数据库: maria", "who had it last");
        assert_eq!(store.merge_category(mongo, mysql, &EVENT).await.unwrap(), CategoryChange::Done);
        assert_eq!(former().await, "Mongo: maria, MySQL: maria, 关系库: maria, 关系数据库: maria, 文档库: maria");
    }

    async fn a_hidden_category_leaves_the_menu_and_keeps_its_articles(store: Store) {
        store.save_articles(&[article("one")]).await.remove(0).unwrap();
        let mysql = id(&store, "mysql").await;
        assert_eq!(store.hide_category(mysql, true, &EVENT).await.unwrap(), CategoryChange::Done);
        assert!(!store.categories().await.unwrap()[0].leaves.iter().any(|leaf| leaf.slug.as_str() == "mysql"));
        assert!(!store.has_category(&slug("mysql")).await.unwrap());
        assert!(store.article_by_slug(&slug("one")).await.unwrap().is_some());
        store.hide_category(mysql, false, &EVENT).await.unwrap();
        assert!(store.has_category(&slug("mysql")).await.unwrap());
    }

    async fn a_renamed_tag_is_found_by_its_old_name(store: Store) {
        store.save_articles(&[article("one")]).await.remove(0).unwrap();
        let before = store.last_change().await.unwrap();
        let (old, new) = (key("索引"), key("Index"));
        assert_eq!(store.rename_tag(&old, "x", &key("API 网关"), &EVENT).await.unwrap(), TagChange::Taken("api-网关".into()));
        assert_eq!(store.rename_tag(&key("none"), "x", &new, &EVENT).await.unwrap(), TagChange::Missing);
        assert_eq!(store.rename_tag(&old, "Index", &new, &EVENT).await.unwrap(), TagChange::Done);
        assert_eq!(changed_since(&store, before).await, 1);
        let tag = store.tag(&old).await.unwrap().unwrap();
        assert_eq!((tag.key, tag.name.as_str(), tag.count), (new.clone(), "Index", 1));
        assert_eq!(store.rename_tag(&new, "INDEX", &new, &EVENT).await.unwrap(), TagChange::Done);
        assert_eq!(store.tag(&new).await.unwrap().unwrap().name, "INDEX");
        assert_eq!(store.rename_tag(&new, "索引", &old, &EVENT).await.unwrap(), TagChange::Done, "back to its own alias");
        assert_eq!(store.tag_list("", PageNumber::FIRST, 10).await.unwrap().items[1].aliases, [new]);
    }

    async fn merged_tags_are_one_and_articles_carry_it_once(store: Store) {
        let mut other = article("two");
        other.tags = vec!["倒排".into()];
        store.save_articles(&[article("one"), other]).await;
        let before = store.last_change().await.unwrap();
        let (index, gateway, inverted) = (key("索引"), key("api 网关"), key("倒排"));
        store.add_alias(&gateway, &key("gateway"), &EVENT).await.unwrap();
        assert_eq!(store.merge_tag(&index, &index, &EVENT).await.unwrap(), TagChange::Same);
        assert_eq!(store.merge_tag(&index, &key("none"), &EVENT).await.unwrap(), TagChange::Missing);
        assert_eq!(store.merge_tag(&inverted, &index, &EVENT).await.unwrap(), TagChange::Done);
        assert_eq!(store.merge_tag(&gateway, &inverted, &EVENT).await.unwrap(), TagChange::Done, "found by its alias");
        assert_eq!(changed_since(&store, before).await, 2);
        let tag = store.tag(&key("gateway")).await.unwrap().unwrap();
        assert_eq!((tag.key, tag.count), (index.clone(), 2), "aliases of aliases lead to the end at once");
        let tags = store.article_by_slug(&slug("one")).await.unwrap().unwrap().summary.tags;
        assert_eq!(tags.len(), 1, "{tags:?}");
        let by_tag = ArticleFilter { tag: vec![index.clone()], ..ArticleFilter::default() };
        assert_eq!(store.list(&by_tag).await.unwrap().total, 2);
        let Page { total, items, .. } = store.tag_list("GATE", PageNumber::FIRST, 10).await.unwrap();
        assert_eq!((total, items[0].every, items[0].aliases.len()), (1, 2, 3));
        assert_eq!(store.tag_list("%", PageNumber::FIRST, 10).await.unwrap().total, 0);
    }

    async fn an_alias_belongs_to_one_tag(store: Store) {
        store.save_articles(&[article("one")]).await.remove(0).unwrap();
        let (index, gateway, alias) = (key("索引"), key("api 网关"), key("idx"));
        assert_eq!(store.add_alias(&index, &alias, &EVENT).await.unwrap(), TagChange::Done);
        let now = store.tags_now(&[index.clone(), alias.clone(), key("none")]).await.unwrap();
        assert_eq!(now, [(alias.clone(), index.clone())].into());
        assert_eq!(store.add_alias(&gateway, &alias, &EVENT).await.unwrap(), TagChange::Taken("索引".into()));
        assert_eq!(store.add_alias(&index, &gateway, &EVENT).await.unwrap(), TagChange::Taken("api-网关".into()));
        assert_eq!(store.add_alias(&key("none"), &key("x"), &EVENT).await.unwrap(), TagChange::Missing);
        assert_eq!(store.remove_alias(&alias, &EVENT).await.unwrap(), TagChange::Done);
        assert_eq!(store.remove_alias(&alias, &EVENT).await.unwrap(), TagChange::Missing);
        assert!(store.tag(&alias).await.unwrap().is_none());
    }

    async fn redirects_never_turn_in_a_circle(store: Store) {
        let add = async |old: &'static str, new: &'static str| store.add_redirect(old, new, &EVENT).await.unwrap();
        assert_eq!(add("/a", "/b").await, RedirectChange::Done);
        assert_eq!(add("/c", "/a").await, RedirectChange::Done);
        assert_eq!(store.redirect_for("/c").await.unwrap().as_deref(), Some("/b"), "in one step");
        for (old, new) in [("/b", "/a"), ("/b", "/c"), ("/d", "/d")] {
            assert_eq!(add(old, new).await, RedirectChange::Loop, "{old}");
        }
        assert_eq!(add("/b", "/d").await, RedirectChange::Done);
        assert_eq!(store.redirect_for("/c").await.unwrap().as_deref(), Some("/d"));
        assert_eq!(store.redirects("/C", PageNumber::FIRST, 10).await.unwrap().items[0].new, "/d");
        assert_eq!(store.remove_redirect("/c", &EVENT).await.unwrap(), RedirectChange::Done);
        assert_eq!(store.remove_redirect("/c", &EVENT).await.unwrap(), RedirectChange::Missing);
    }

    async fn the_lists_beside_articles_are_edited_and_an_emptied_one_stays_empty(store: Store) {
        let card = |command: &str| LearningCard {
            command: command.into(), explanation: "列出".into(), applies: "Linux".into(), caution: String::new(),
        };
        store.seed_learning_cards(&[card("ls")]).await.unwrap();
        assert_eq!(store.save_learning_card(None, &card("ls"), &EVENT).await.unwrap(), ListChange::Taken);
        assert_eq!(store.save_learning_card(None, &card("ss -ltn"), &EVENT).await.unwrap(), ListChange::Done);
        let page = store.learning_cards("SS", PageNumber::FIRST, 10).await.unwrap();
        assert_eq!(page.total, 1);
        let number = page.items[0].id;
        assert_eq!(store.save_learning_card(Some(number), &card("ls"), &EVENT).await.unwrap(), ListChange::Taken);
        assert_eq!(store.save_learning_card(Some(number), &card("ss"), &EVENT).await.unwrap(), ListChange::Done);
        assert_eq!(store.save_learning_card(Some(99), &card("x"), &EVENT).await.unwrap(), ListChange::Missing);
        for entry in store.learning_cards("", PageNumber::FIRST, 10).await.unwrap().items {
            assert_eq!(store.remove_learning_card(entry.id, &EVENT).await.unwrap(), ListChange::Done);
        }
        store.seed_learning_cards(&[card("ls")]).await.unwrap();
        assert_eq!(store.learning_card(7).await.unwrap(), None);
        let line = Quotation { text: "流光容易把人抛".into(), source: "蒋捷".into() };
        assert_eq!(store.save_quotation(None, &line, &EVENT).await.unwrap(), ListChange::Done);
        assert_eq!(store.quotation(3).await.unwrap(), Some(line));
        assert_eq!(store.totals().await.unwrap().quotations, 1);
        assert_eq!(store.remove_quotation(99, &EVENT).await.unwrap(), ListChange::Missing);
    }
}
