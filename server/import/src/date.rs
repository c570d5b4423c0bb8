//! Dates as people write them.

use jiff::civil::{Date, DateTime};
use types::Timestamp;
use types::time::SITE_OFFSET_MINUTES;

/// The moment that a text names; without a zone it is in the site's.
pub(crate) fn parse(text: &str) -> Option<Timestamp> {
    let text = text.trim().trim_matches(['"', '\'']);
    let text = text.replace(['/', '年', '月'], "-").replace('日', "");
    let text = text.trim();
    if let Ok(moment) = text.parse::<jiff::Timestamp>() {
        return Some(Timestamp(moment.as_millisecond()));
    }
    // As mail and feeds write it: `Sat, 13 Jul 2024 15:09:59 +0800`.
    if let Ok(moment) = jiff::fmt::rfc2822::parse(text) {
        return Some(Timestamp(moment.timestamp().as_millisecond()));
    }
    if text.len() >= 10 && text.bytes().all(|byte| byte.is_ascii_digit()) {
        let number: i64 = text.parse().ok()?;
        return Some(Timestamp(if text.len() >= 13 { number } else { number * 1000 }));
    }
    // `20210301`, which is too short to be seconds.
    let dashed = match text.len() {
        8 if text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]))
        }
        _ => None,
    };
    let text = dashed.as_deref().unwrap_or(text);
    // `2021-3-1 8:05 +0800`: parts are brought to the length that the standard wants.
    let (date, rest) = text.split_once([' ', 'T']).unwrap_or((text, ""));
    let mut parts = date.split('-').filter_map(|part| part.trim().parse::<i16>().ok());
    let date =
        Date::new(parts.next()?, i8::try_from(parts.next()?).ok()?, i8::try_from(parts.next().unwrap_or(1)).ok()?)
            .ok()?;
    let mut rest = rest.split_whitespace();
    let time = rest.next().unwrap_or_default();
    let zone = rest.next().unwrap_or_default();
    let mut clock =
        time.trim_end_matches('Z').split([':', '.', '+']).map(|part| part.parse::<i8>().unwrap_or_default());
    let (hour, minute, second) =
        (clock.next().unwrap_or_default(), clock.next().unwrap_or_default(), clock.next().unwrap_or_default());
    let moment = DateTime::new(date.year(), date.month(), date.day(), hour, minute, second.min(59), 0).ok()?;
    let offset = offset_minutes(zone).unwrap_or(SITE_OFFSET_MINUTES);
    let utc = moment.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    Some(Timestamp(utc.timestamp().as_millisecond() - offset * 60_000))
}

/// `+0800`, `-05:30` or `Z`.
fn offset_minutes(zone: &str) -> Option<i64> {
    if zone == "Z" || zone == "UTC" {
        return Some(0);
    }
    let sign = match zone.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: String = zone[1..].chars().filter(char::is_ascii_digit).collect();
    let number: i64 = digits.get(..4)?.parse().ok()?;
    Some(sign * (number / 100 * 60 + number % 100))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn reads_what_people_write() {
        for (text, shown) in [
            ("2021-03-01T12:00:05+08:00", "2021-03-01T12:00:05+08:00"),
            ("2021-03-01 12:00", "2021-03-01T12:00:00+08:00"),
            ("2021/3/1", "2021-03-01T00:00:00+08:00"),
            ("2021年3月1日", "2021-03-01T00:00:00+08:00"),
            ("2021-03-01 04:00:00 +0000", "2021-03-01T12:00:00+08:00"),
            ("2021-03-01T04:00:00Z", "2021-03-01T12:00:00+08:00"),
            ("1614571205", "2021-03-01T12:00:05+08:00"),
            ("20210301", "2021-03-01T00:00:00+08:00"),
            ("Mon, 1 Mar 2021 12:00:05 +0800", "2021-03-01T12:00:05+08:00"),
            ("01 Mar 2021 04:00:05 GMT", "2021-03-01T12:00:05+08:00"),
        ] {
            assert_eq!(parse(text).map(|time| time.rfc3339()).as_deref(), Some(shown), "{text}");
        }
        for text in ["", "yesterday", "2021-13-40", "99", "20210230", "2024-02-30", "not-a-date"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }
}
