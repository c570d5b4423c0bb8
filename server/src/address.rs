//! Where people come from: what counts as one of them, and what is written down of it.

use std::net::{IpAddr, Ipv6Addr};

/// What counts as one person: an address of IPv4, or a /64 of IPv6, of which one subscriber has a whole one.
#[must_use]
pub fn block(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0).into()
        }
    }
}

/// The address as the audit log keeps it: cut to /24 or /48, so that it names no single person.
#[must_use]
pub fn shortened(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(address) => {
            let [a, b, c, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_one_person_are_one_block() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        assert_eq!(block(address("2001:db8:1:2::1")), block(address("2001:db8:1:2:ffff::9")));
        assert_ne!(block(address("2001:db8:1:2::1")), block(address("2001:db8:1:3::1")));
        assert_eq!(block(address("::ffff:192.0.2.7")), address("192.0.2.7"));
        assert_eq!(shortened(address("192.0.2.7")), "192.0.2.0/24");
        assert_eq!(shortened(address("2001:db8:1:2::1")), "2001:db8:1::/48");
    }
}
