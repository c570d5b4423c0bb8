//! What stands in a document's head for its page: a view that shows nothing where it stands. On the server `leptos_meta`
//! writes it; in the browser a dozen lines do, where its components would be a twentieth of the client.

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState};

/// The title of a document, and elements of its head.
pub struct Head {
    /// Text.
    pub title: String,
    /// In order.
    pub elements: Vec<HeadElement>,
}

/// An element of the head.
pub enum HeadElement {
    /// `<meta name=… content=…>`
    Named(&'static str, String),
    /// `<meta property=… content=…>`
    Property(&'static str, String),
    /// `<link rel=… href=…>`
    Link(&'static str, String),
    /// `<link rel="alternate" type=… title=… href=…>`
    Feed {
        /// Its media type.
        kind: &'static str,
        /// What programs that read feeds call it.
        title: String,
        /// Its address.
        href: String,
    },
}

impl Head {
    /// Leptos 0.8.23 writes `<Title>` unescaped, so that a title may close the element and run a script. `clippy.toml` forbids
    /// the bare component; here it is escaped. `server/tests/http` holds the test that will fail when Leptos escapes by itself.
    #[cfg(feature = "ssr")]
    #[allow(clippy::disallowed_methods, reason = "the one place that may use the bare component")]
    fn write(self) {
        use leptos_meta::{Link, Meta, Title};

        // Each goes to the head when it is rendered, and leaves nothing here.
        view! { <Title text=crate::ui::escaped(&self.title) /> }.to_html();
        for element in self.elements {
            match element {
                HeadElement::Named(name, content) => view! { <Meta name content /> }.to_html(),
                HeadElement::Property(property, content) => view! { <Meta property content /> }.to_html(),
                HeadElement::Link(rel, href) => view! { <Link rel href /> }.to_html(),
                HeadElement::Feed { kind, title, href } => {
                    view! { <Link rel="alternate" type_=kind title href /> }.to_html()
                }
            };
        }
    }

    #[cfg(not(feature = "ssr"))]
    fn write(self) {}

    /// Puts everything in place of what the page before had.
    fn show(&self) {
        /// The feeds of the whole site stay; those of a page stand before them.
        const OF_PAGE: &str = "head>meta[property],head>meta:is([name=description],[name=robots]),head>link:is(\
            [rel=canonical],[rel=prev],[rel=next],[rel=alternate]:not([href^='/feed.'],[href^='/rss.']))";

        let document = document();
        document.set_title(&self.title);
        while let Ok(Some(old)) = document.query_selector(OF_PAGE) {
            old.remove();
        }
        let Some(head) = document.head() else { return };
        let feeds = document.query_selector("head>link[rel=alternate]").ok().flatten();
        let add = |tag: &str, attributes: &[(&str, &str)]| {
            let Ok(element) = document.create_element(tag) else { return };
            for (name, value) in attributes {
                let _ = element.set_attribute(name, value);
            }
            let _ = head.insert_before(&element, feeds.as_deref());
        };
        for element in &self.elements {
            match element {
                HeadElement::Named(name, content) => add("meta", &[("name", name), ("content", content)]),
                HeadElement::Property(name, content) => add("meta", &[("property", name), ("content", content)]),
                HeadElement::Link(rel, href) => add("link", &[("rel", rel), ("href", href)]),
                HeadElement::Feed { kind, title, href } => {
                    add("link", &[("rel", "alternate"), ("type", kind), ("title", title), ("href", href)]);
                }
            }
        }
    }
}

impl Render for Head {
    type State = Self;

    fn build(self) -> Self {
        self
    }

    fn rebuild(self, state: &mut Self) {
        self.show();
        *state = self;
    }
}

impl Mountable for Head {
    fn mount(&mut self, _: &Element, _: Option<&Node>) {
        self.show();
    }

    // It stays until the next page brings its own.
    fn unmount(&mut self) {}

    fn insert_before_this(&self, _: &mut dyn Mountable) -> bool {
        false
    }

    fn elements(&self) -> Vec<Element> {
        Vec::new()
    }
}

impl AddAnyAttr for Head {
    type Output<NewAttribute: Attribute> = Self;

    fn add_any_attr<NewAttribute: Attribute>(self, _: NewAttribute) -> Self {
        self
    }
}

impl RenderHtml for Head {
    type AsyncOutput = Self;
    type Owned = Self;

    const MIN_LENGTH: usize = 0;
    const EXISTS: bool = false;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {
        self.write();
    }

    // The server's document has everything.
    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Self {
        self
    }

    fn into_owned(self) -> Self {
        self
    }
}
