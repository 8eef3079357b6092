//! How far the answers on one ordered scale stand together, from how often each was given.

use std::str::FromStr;

use crate::error::{Choice, Error, Result};

/// A measure of counts over K ordered categories, lowest first; empty ones must be given. With p the
/// shares and F the cumulated shares of the first K − 1.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Consensus {
    /// A (van der Eijk 2001), from −1 (two camps at the ends) over 0 (all alike frequent) to 1; from
    /// three categories on.
    VanDerEijk,
    /// (1 − A) / 2, 0 to 1
    Polarization,
    /// 1 + Σ p log₂(1 − |k − μ| / (K − 1)), 0 to 1 (Tastle and Wierman 2007)
    TastleWierman,
    /// 2 Σ min(F, 1 − F) / (K − 1), 0 to 1, a dispersion (Leik 1966)
    Leik,
    /// 1 − l², 0 to 1, a dispersion: the index of ordinal variation (Berry and Mielke 1992)
    BerryMielke,
    /// l = √(4 Σ (F − ½)² / (K − 1)), 0 to 1 (Blair and Lacy 2000)
    BlairLacy,
    /// 1 − l, 0 to 1, a dispersion: the coefficient of ordinal variation (Kvålseth 1995)
    Kvalseth,
    /// 1 − Σ ((½ − p) / ½)² p, 0 to 1, the polarisation of camps (Reynal-Querol 2002)
    ReynalQuerol,
    /// −Σ (F log₂ F + (1 − F) log₂(1 − F)) / (K − 1), 0 to 1, a dispersion (Reardon 2009)
    Reardon,
    /// −Σ p log₂ p, 0 to log₂ K (Shannon 1948)
    Entropy,
}

impl FromStr for Consensus {
    type Err = Error;

    fn from_str(word: &str) -> Result<Consensus> {
        let all = [
            ("van_der_eijk", Consensus::VanDerEijk),
            ("polarization", Consensus::Polarization),
            ("tastle_wierman", Consensus::TastleWierman),
            ("leik", Consensus::Leik),
            ("berry_mielke", Consensus::BerryMielke),
            ("blair_lacy", Consensus::BlairLacy),
            ("kvalseth", Consensus::Kvalseth),
            ("reynal_querol", Consensus::ReynalQuerol),
            ("reardon", Consensus::Reardon),
            ("entropy", Consensus::Entropy),
        ];
        Choice::new("measure", all).pick(word)
    }
}

impl Consensus {
    /// The measure of these counts; `None` where there are none, or too few categories.
    ///
    /// # Errors
    /// [`Error::Option`] for a count that is not finite or below 0.
    pub fn of(self, counts: &[f64]) -> Result<Option<f64>> {
        check_counts(counts.iter().copied())?;
        let all: f64 = counts.iter().sum();
        let least = if matches!(self, Consensus::VanDerEijk | Consensus::Polarization) { 3 } else { 2 };
        if all <= 0.0 || counts.len() < least {
            return Ok(None);
        }
        let shares: Vec<f64> = counts.iter().map(|count| count / all).collect();
        Ok(Some(self.of_shares(&shares)))
    }

    fn of_shares(self, shares: &[f64]) -> f64 {
        let steps = (shares.len() - 1) as f64;
        let mut below = 0.0;
        let cumulated: Vec<f64> = shares[..shares.len() - 1]
            .iter()
            .map(|p| {
                below += p;
                below
            })
            .collect();
        let entropy = |p: f64| if p > 0.0 { -p * p.log2() } else { 0.0 };
        let square: f64 = cumulated.iter().map(|f| (f - 0.5).powi(2)).sum::<f64>() * 4.0 / steps;
        match self {
            Consensus::VanDerEijk => van_der_eijk(shares),
            Consensus::Polarization => (1.0 - van_der_eijk(shares)) / 2.0,
            Consensus::TastleWierman => tastle_wierman(shares),
            Consensus::Leik => cumulated.iter().map(|f| f.min(1.0 - f)).sum::<f64>() * 2.0 / steps,
            Consensus::BerryMielke => 1.0 - square,
            Consensus::BlairLacy => square.sqrt(),
            Consensus::Kvalseth => 1.0 - square.sqrt(),
            Consensus::ReynalQuerol => 1.0 - shares.iter().map(|p| ((0.5 - p) / 0.5).powi(2) * p).sum::<f64>(),
            Consensus::Reardon => cumulated.iter().map(|f| entropy(*f) + entropy(1.0 - f)).sum::<f64>() / steps,
            Consensus::Entropy => shares.iter().map(|p| entropy(*p)).sum(),
        }
    }
}

fn tastle_wierman(shares: &[f64]) -> f64 {
    let steps = (shares.len() - 1) as f64;
    let mean: f64 = shares.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
    let occurring = shares.iter().enumerate().filter(|(_, p)| **p > 0.0);
    1.0 + occurring.map(|(k, p)| p * (1.0 - (k as f64 - mean).abs() / steps).log2()).sum::<f64>()
}

/// Takes the shares apart into layers of one height, from the bottom; the agreement of each layer
/// counts by its size.
fn van_der_eijk(shares: &[f64]) -> f64 {
    let mut heights: Vec<f64> = shares.iter().copied().filter(|p| *p > 0.0).collect();
    heights.sort_by(f64::total_cmp);
    heights.dedup();
    let (mut below, mut sum) = (0.0, 0.0);
    for height in heights {
        let layer: Vec<bool> = shares.iter().map(|p| *p >= height).collect();
        let filled = layer.iter().filter(|filled| **filled).count() as f64;
        sum += (height - below) * filled * layer_agreement(&layer);
        below = height;
    }
    sum
}

/// U·(1 − (S − 1)/(K − 1)) for S of K categories filled, where U falls with every gap between two
/// filled ones.
fn layer_agreement(layer: &[bool]) -> f64 {
    let (k, filled) = (layer.len() as f64, layer.iter().filter(|filled| **filled).count() as f64);
    let (mut one, mut gap) = (0.0, 0.0);
    for a in 0..layer.len() {
        for b in a + 1..layer.len() {
            for c in b + 1..layer.len() {
                match (layer[a], layer[b], layer[c]) {
                    (true, true, false) | (false, true, true) => one += 1.0,
                    (true, false, true) => gap += 1.0,
                    _ => {}
                }
            }
        }
    }
    let unimodal = match one + gap > 0.0 {
        true => ((k - 2.0) * one - (k - 1.0) * gap) / ((k - 2.0) * (one + gap)),
        false => 1.0,
    };
    unimodal * (1.0 - (filled - 1.0) / (k - 1.0))
}

/// K Σ Σ π(i)^(1+α) π(j) |x(i) − x(j)| with the `shares` of groups at `places`: the polarisation of
/// Esteban and Ray (1994), with K = 1; α = 0 gives the Gini mean difference.
///
/// # Errors
/// [`Error::Option`] for α outside 0 to 1.6, shares below 0, or lists of different lengths.
pub fn esteban_ray(shares: &[f64], places: &[f64], alpha: f64) -> Result<Option<f64>> {
    let refuse = |name, got: String, expected: &str| Err(Error::Option { name, got, expected: expected.to_owned() });
    if !(0.0..=1.6).contains(&alpha) {
        return refuse("alpha", alpha.to_string(), "a number from 0 to 1.6");
    }
    if shares.len() != places.len() {
        let got = format!("{} and {}", shares.len(), places.len());
        return refuse("positions", got, "as many positions as shares");
    }
    if let Some(bad) = shares.iter().find(|share| !(share.is_finite() && **share >= 0.0)) {
        return refuse("shares", bad.to_string(), "shares of at least 0");
    }
    if let Some(bad) = places.iter().find(|place| !place.is_finite()) {
        return refuse("positions", bad.to_string(), "finite numbers");
    }
    let all: f64 = shares.iter().sum();
    let groups = || shares.iter().map(|share| share / all).zip(places);
    let from = |(p, x): (f64, &f64)| p.powf(1.0 + alpha) * groups().map(|(q, y)| q * (x - y).abs()).sum::<f64>();
    Ok((all > 0.0).then(|| groups().map(from).sum()))
}

/// Refuses what is no count of anything.
///
/// # Errors
/// [`Error::Option`] for a number that is not finite or below 0.
pub(super) fn check_counts(mut counts: impl Iterator<Item = f64>) -> Result<()> {
    match counts.find(|count| !(count.is_finite() && *count >= 0.0)) {
        Some(count) => {
            let expected = "counts of at least 0".to_owned();
            Err(Error::Option { name: "counts", got: count.to_string(), expected })
        }
        None => Ok(()),
    }
}
