//! How much one address has of the site at once: connections, and requests that a proxy passes on for it.
//!
//! Who opens thousands of connections and says little on each would leave none for others. A proxy that is believed
//! opens one for each of its visitors, and so may this machine itself: neither is counted, but each of the requests that
//! a proxy passes on, for whom it names.

use crate::address::block;
use crate::http::limit;
use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};

/// Who is there, by address; cheap to clone.
#[derive(Clone, Default)]
pub struct Crowd(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One of the crowd, until it is dropped.
pub struct Entered(Option<(Crowd, IpAddr)>);

impl Crowd {
    /// Lets one more of an address in, unless `most` of it are there. Proxies and this machine are always let in.
    #[must_use]
    pub fn enter(&self, address: IpAddr, most: usize) -> Option<Entered> {
        if limit::is_proxy(address) {
            return Some(Entered(None));
        }
        let address = block(address);
        let mut crowd = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let there = crowd.entry(address).or_default();
        if *there >= most {
            return None;
        }
        *there += 1;
        Some(Entered(Some((self.clone(), address))))
    }
}

impl Drop for Entered {
    fn drop(&mut self) {
        let Some((crowd, address)) = self.0.take() else { return };
        let mut crowd = crowd.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(there) = crowd.get_mut(&address) {
            *there -= 1;
            if *there == 0 {
                crowd.remove(&address);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_takes_no_more_than_its_share() {
        let (crowd, address) = (Crowd::default(), |text: &str| text.parse::<IpAddr>().unwrap());
        let first = crowd.enter(address("192.0.2.1"), 2);
        let second = crowd.enter(address("::ffff:192.0.2.1"), 2);
        assert!(first.is_some() && second.is_some());
        assert!(crowd.enter(address("192.0.2.1"), 2).is_none());
        assert!(crowd.enter(address("192.0.2.2"), 2).is_some(), "others are let in");
        let here: Vec<_> = (0..9).map(|_| crowd.enter(address("127.0.0.1"), 2)).collect();
        assert!(here.iter().all(Option::is_some), "a proxy on this machine passes on what others ask");
        drop(first);
        assert!(crowd.enter(address("192.0.2.1"), 2).is_some());
        drop(second);
        assert!(crowd.0.lock().unwrap().is_empty(), "nobody is remembered who left");
    }
}
