//! Moments and months. Times are UTC milliseconds; people see them in the site's time zone.

use serde::{Deserialize, Serialize};
use std::fmt;
use std::str::FromStr;

/// The site's time zone as minutes east of UTC: China Standard Time, which knows no daylight saving.
pub const SITE_OFFSET_MINUTES: i64 = 8 * 60;

const MILLISECONDS_A_DAY: i64 = 86_400_000;

/// A moment: milliseconds since 1970-01-01T00:00:00Z.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Timestamp(pub i64);

/// A moment as a calendar and a clock show it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Civil {
    /// Year, astronomical.
    pub year: i64,
    /// Month, 1 to 12.
    pub month: u8,
    /// Day of the month, from 1.
    pub day: u8,
    /// Hour, 0 to 23.
    pub hour: u8,
    /// Minute, 0 to 59.
    pub minute: u8,
    /// Second, 0 to 59.
    pub second: u8,
}

impl Timestamp {
    /// The moment in the site's time zone.
    ///
    /// The day arithmetic is Howard Hinnant's `civil_from_days`
    /// (<https://howardhinnant.github.io/date_algorithms.html>): a few lines instead of a time-zone library in the browser.
    #[must_use]
    pub fn civil(self) -> Civil {
        let local = self.0 + SITE_OFFSET_MINUTES * 60_000;
        let days = local.div_euclid(MILLISECONDS_A_DAY) + 719_468;
        let seconds = local.rem_euclid(MILLISECONDS_A_DAY) / 1000;
        let era = days.div_euclid(146_097);
        let day_of_era = days.rem_euclid(146_097);
        let year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let shifted_month = (5 * day_of_year + 2) / 153;
        let month = if shifted_month < 10 { shifted_month + 3 } else { shifted_month - 9 };
        Civil {
            year: year_of_era + era * 400 + i64::from(month <= 2),
            month: month as u8,
            day: (day_of_year - (153 * shifted_month + 2) / 5 + 1) as u8,
            hour: (seconds / 3600) as u8,
            minute: (seconds / 60 % 60) as u8,
            second: (seconds % 60) as u8,
        }
    }

    /// `2025-04-17`, in the site's time zone.
    #[must_use]
    pub fn date(self) -> String {
        let civil = self.civil();
        format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day)
    }

    /// `2025-04-17 16:17`, in the site's time zone.
    #[must_use]
    pub fn minute(self) -> String {
        let civil = self.civil();
        format!("{} {:02}:{:02}", self.date(), civil.hour, civil.minute)
    }

    /// `2025-04-17T16:17:42+08:00` (RFC 3339), for machines and for the seconds.
    #[must_use]
    pub fn rfc3339(self) -> String {
        let civil = self.civil();
        let (hours, minutes) = (SITE_OFFSET_MINUTES / 60, SITE_OFFSET_MINUTES % 60);
        format!("{}T{:02}:{:02}:{:02}+{hours:02}:{minutes:02}", self.date(), civil.hour, civil.minute, civil.second)
    }

    /// A moment written `2025-04-17T16:17` or `2025-04-17 16:17` in the site's time zone, as browsers send it.
    #[must_use]
    pub fn from_site_minute(text: &str) -> Option<Self> {
        let (date, time) = text.trim().split_once(['T', ' '])?;
        let mut parts = date.split('-').map(|part| part.parse::<i64>().ok());
        let (year, month, day) = (parts.next()??, parts.next()??, parts.next()??);
        let mut parts = time.split(':').map(|part| part.parse::<i64>().ok());
        let (hour, minute, second) = (parts.next()??, parts.next()??, parts.next().unwrap_or(Some(0))?);
        let fits = (1970..=9999).contains(&year)
            && (1..=12).contains(&month)
            && (0..24).contains(&hour)
            && (0..60).contains(&minute);
        if !fits || !(0..60).contains(&second) {
            return None;
        }
        // `days_from_civil` of the same page as [`Self::civil`].
        let shifted_year = year - i64::from(month <= 2);
        let (era, year_of_era) = (shifted_year.div_euclid(400), shifted_year.rem_euclid(400));
        let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
        let days = era * 146_097 + year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year - 719_468;
        let moment = Self(
            days * MILLISECONDS_A_DAY + ((hour * 60 + minute) * 60 + second) * 1000 - SITE_OFFSET_MINUTES * 60_000,
        );
        // A day that its month does not have comes back as another one.
        (moment.date() == date).then_some(moment)
    }

    /// The month this moment belongs to in the site's time zone.
    #[must_use]
    pub fn month(self) -> Month {
        let civil = self.civil();
        Month { year: civil.year.clamp(0, 9999) as u16, month: civil.month }
    }
}

/// A month of the archive, written `2025-04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Month {
    year: u16,
    month: u8,
}

/// The text is not a month such as `2025-04`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a month is written as year and month, for example 2025-04")]
pub struct InvalidMonth;

impl Month {
    /// A month that never was: what a list of articles is narrowed to by a text that is no month.
    pub const NEVER: Self = Self { year: 0, month: 0 };

    /// The year.
    #[must_use]
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month of the year, 1 to 12.
    #[must_use]
    pub fn month(self) -> u8 {
        self.month
    }

    /// The month as one number that sorts by time, `202504`: how databases and the index keep it.
    #[must_use]
    pub fn number(self) -> i64 {
        i64::from(self.year) * 100 + i64::from(self.month)
    }

    /// The month of such a number.
    ///
    /// # Errors
    /// [`InvalidMonth`] when the number is none.
    pub fn from_number(number: i64) -> Result<Self, InvalidMonth> {
        let (year, month) = (number / 100, number % 100);
        if (0..=9999).contains(&year) && (1..=12).contains(&month) {
            Ok(Self { year: year as u16, month: month as u8 })
        } else {
            Err(InvalidMonth)
        }
    }
}

impl FromStr for Month {
    type Err = InvalidMonth;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (year, month) = text.split_once('-').ok_or(InvalidMonth)?;
        let digits = |part: &str, length| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
        if !digits(year, 4) || !digits(month, 2) {
            return Err(InvalidMonth);
        }
        let number = |part: &str| part.parse::<i64>().map_err(|_| InvalidMonth);
        Self::from_number(number(year)? * 100 + number(month)?)
    }
}

impl TryFrom<String> for Month {
    type Error = InvalidMonth;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

impl From<Month> for String {
    fn from(month: Month) -> Self {
        month.to_string()
    }
}

impl fmt::Display for Month {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{:04}-{:02}", self.year, self.month)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shows_known_moments_in_the_site_zone() {
        for (milliseconds, text) in [
            (0, "1970-01-01T08:00:00+08:00"),
            (1_744_877_862_000, "2025-04-17T16:17:42+08:00"),
            (951_782_400_000, "2000-02-29T08:00:00+08:00"),
            (-1, "1970-01-01T07:59:59+08:00"),
            (1_735_660_800_000, "2025-01-01T00:00:00+08:00"),
        ] {
            assert_eq!(Timestamp(milliseconds).rfc3339(), text);
        }
    }

    #[test]
    fn reads_what_browsers_send() {
        for text in ["2025-04-17T16:17", "2024-02-29T00:00", "1999-12-31T23:59"] {
            assert_eq!(Timestamp::from_site_minute(text).unwrap().minute().replace(' ', "T"), text);
        }
        for text in
            ["", "2025-02-30T00:00", "2025-13-01T00:00", "2025-04-17", "2025-4-1T1:1", "2025-04-17T24:00", "明天"]
        {
            assert_eq!(Timestamp::from_site_minute(text), None, "{text}");
        }
    }

    #[test]
    fn months_round_trip_and_refuse_nonsense() {
        let month: Month = "2025-04".parse().unwrap();
        assert_eq!((month.number(), month.to_string().as_str()), (202_504, "2025-04"));
        assert_eq!(Month::from_number(202_504), Ok(month));
        for text in ["2025-13", "2025-00", "2025", "25-04", "2025-4", "2025-+4", "２０２５-04", ""] {
            assert!(text.parse::<Month>().is_err(), "{text}");
        }
    }
}
