//! Fetching a picture of another site for an author, so that the text does not depend on that site any more.
//!
//! Whoever names an address makes this server ask it (OWASP: Server-Side Request Forgery). So every address that a name
//! leads to is looked at when the connection is made, at each redirect anew, and only addresses of the public
//! internet are asked; what comes is bounded in size and time.

use crate::pictures::MAX_BYTES;
use app::words::editor::NotCopied;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::time::Duration;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error};
use url::Url;

/// How long all of it may take.
const TIME: Duration = Duration::from_secs(20);
/// Addresses that one picture may lead through.
const REDIRECTS: u32 = 3;

/// Asks other sites. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Fetcher(Agent);

impl Default for Fetcher {
    fn default() -> Self {
        Self::asking(is_public)
    }
}

impl Fetcher {
    /// One that asks only addresses for which `may_ask` is true.
    #[must_use]
    pub fn asking(may_ask: fn(&SocketAddr) -> bool) -> Self {
        let config = Config::builder()
            .timeout_global(Some(TIME))
            .timeout_connect(Some(TIME / 4))
            .max_redirects(REDIRECTS)
            .http_status_as_error(false)
            // A proxy would look the name up itself, unseen by us.
            .proxy(None)
            .max_idle_connections(0)
            .user_agent("Liuguang")
            .accept("image/png, image/jpeg, image/webp, image/gif")
            .build();
        Self(Agent::with_parts(config, DefaultConnector::default(), Guarded { may_ask }))
    }

    /// The content at an address. Blocks until it is there.
    ///
    /// # Errors
    /// Why there is none.
    pub fn fetch(&self, address: &str) -> Result<Vec<u8>, NotCopied> {
        let address = Url::parse(address).map_err(|_| NotCopied::NoAddress)?;
        if !matches!(address.scheme(), "http" | "https")
            || !address.username().is_empty()
            || address.password().is_some()
        {
            return Err(NotCopied::NoAddress);
        }
        let mut response = self.0.get(address.as_str()).call().map_err(|error| match error {
            Error::Other(other) if other.is::<NotPublic>() => NotCopied::NotPublic,
            Error::BadUri(_) => NotCopied::NoAddress,
            _ => NotCopied::NoAnswer,
        })?;
        if response.status() != 200 {
            return Err(NotCopied::Status(response.status().as_u16()));
        }
        let mut content = Vec::new();
        let read = response.body_mut().as_reader().take(MAX_BYTES as u64 + 1).read_to_end(&mut content);
        read.map_err(|_| NotCopied::NoAnswer)?;
        if content.len() > MAX_BYTES { Err(NotCopied::TooLarge) } else { Ok(content) }
    }
}

/// Looks names up and gives out only addresses that may be asked.
#[derive(Debug)]
struct Guarded {
    may_ask: fn(&SocketAddr) -> bool,
}

/// All addresses of a name are refused.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to no public address")]
struct NotPublic;

impl Resolver for Guarded {
    fn resolve(&self, uri: &Uri, config: &Config, timeout: NextTimeout) -> Result<ResolvedSocketAddrs, Error> {
        let found = DefaultResolver::default().resolve(uri, config, timeout)?;
        let mut public = self.empty();
        for address in found.iter().filter(|address| (self.may_ask)(address)) {
            public.push(*address);
        }
        if public.is_empty() { Err(Error::Other(Box::new(NotPublic))) } else { Ok(public) }
    }
}

/// Whether an address is of the public internet and its port one of the web
/// (<https://www.iana.org/assignments/iana-ipv4-special-registry> and its counterpart for IPv6).
fn is_public(address: &SocketAddr) -> bool {
    let global = match address.ip() {
        IpAddr::V4(ip) => is_public_v4(ip),
        IpAddr::V6(ip) => is_public_v6(ip),
    };
    global && matches!(address.port(), 80 | 443)
}

fn is_public_v4(ip: Ipv4Addr) -> bool {
    let [first, second, third, _] = ip.octets();
    !(ip.is_private()
        || ip.is_loopback()
        || ip.is_link_local()
        || ip.is_broadcast()
        || ip.is_documentation()
        || ip.is_multicast()
        || first == 0
        || first >= 240
        || (first == 100 && (64..128).contains(&second))
        || (first == 192 && second == 0 && third == 0)
        || (first == 192 && second == 88 && third == 99)
        || (first == 198 && (18..20).contains(&second)))
}

fn is_public_v6(ip: Ipv6Addr) -> bool {
    let [first, second, ..] = ip.segments();
    let embedded = |from: usize| {
        let octets = ip.octets();
        Ipv4Addr::new(octets[from], octets[from + 1], octets[from + 2], octets[from + 3])
    };
    match (first, second) {
        // IPv4 in other clothes: mapped, translated (RFC 6052), 6to4 (RFC 3056).
        (0, 0) if ip.to_ipv4_mapped().is_some() => is_public_v4(embedded(12)),
        (0x64, 0xff9b) => ip.segments()[2] == 0 && is_public_v4(embedded(12)),
        (0x2002, _) => is_public_v4(embedded(2)),
        // Protocol assignments, Teredo among them, and documentation.
        (0x2001, second) if second < 0x200 || second == 0xdb8 => false,
        (0x3fff, second) if second < 0x1000 => false,
        // Everything else that is given out is in 2000::/3.
        _ => (0x2000..0x4000).contains(&first),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_the_public_internet_are_asked() {
        for public in ["1.1.1.1:443", "93.184.215.14:80", "[2606:4700::1111]:443", "[64:ff9b::101:101]:443"] {
            assert!(is_public(&public.parse().unwrap()), "{public}");
        }
        for other in [
            "127.0.0.1:80",
            "10.1.2.3:443",
            "172.16.0.1:80",
            "192.168.1.1:80",
            "169.254.169.254:80",
            "100.64.0.1:80",
            "0.0.0.0:80",
            "224.0.0.1:80",
            "255.255.255.255:80",
            "192.0.2.1:80",
            "198.18.0.1:80",
            "240.0.0.1:80",
            "1.1.1.1:22",
            "1.1.1.1:5432",
            "[::1]:80",
            "[::]:80",
            "[fe80::1]:80",
            "[fc00::1]:80",
            "[fd00:ec2::254]:80",
            "[ff02::1]:80",
            "[::ffff:127.0.0.1]:80",
            "[64:ff9b::7f00:1]:80",
            "[2002:7f00:1::]:80",
            "[2001:db8::1]:80",
            "[2001::1]:80",
            "[64:ff9b:1::101:101]:80",
        ] {
            assert!(!is_public(&other.parse().unwrap()), "{other}");
        }
    }

    #[test]
    fn what_is_no_address_of_the_web_is_not_asked() {
        for address in ["", "x", "file:///etc/passwd", "ftp://example.org/a.png", "https://me:secret@example.org/a.png"]
        {
            assert_eq!(Fetcher::default().fetch(address), Err(NotCopied::NoAddress), "{address}");
        }
        for address in [
            "http://127.0.0.1/a.png",
            "http://localhost/a.png",
            "http://[::1]/a.png",
            "http://0x7f.1/a.png",
            "http://2130706433/",
        ] {
            assert_eq!(Fetcher::default().fetch(address), Err(NotCopied::NotPublic), "{address}");
        }
    }
}
