//! The coefficients of many raters, and what each comes with.

/// 1 − (1 − p) / (1 − e) with the observed agreement p and the expected e; they differ in e, and
/// alpha also in p. With w the weights and q the categories (Gwet, "Handbook of Inter-Rater
/// Reliability", 2014):
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coefficient {
    /// e = Σ w / (q (q − 1)) · Σ π (1 − π), π the mean share of a category over the units: AC1, or
    /// AC2 where weights are not the identity.
    Gwet,
    /// e = Σ w π π′ (Fleiss 1971)
    Fleiss,
    /// e = Σ w (p p′ − s² / r), p the mean share over r raters and s² the covariance among them
    /// (Conger 1980): Cohen's kappa for two.
    Conger,
    /// e = Σ w / q² (Brennan and Prediger 1981)
    BrennanPrediger,
    /// Krippendorff's alpha with similarity weights.
    Krippendorff,
}

impl Coefficient {
    /// Every coefficient.
    pub const ALL: [Coefficient; 5] = [
        Coefficient::Gwet,
        Coefficient::Fleiss,
        Coefficient::Conger,
        Coefficient::BrennanPrediger,
        Coefficient::Krippendorff,
    ];

    /// Its name.
    pub fn as_str(self) -> &'static str {
        match self {
            Coefficient::Gwet => "gwet",
            Coefficient::Fleiss => "fleiss",
            Coefficient::Conger => "conger",
            Coefficient::BrennanPrediger => "brennan_prediger",
            Coefficient::Krippendorff => "krippendorff",
        }
    }
}

/// A coefficient with its parts.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reliability {
    /// The coefficient; `None` where nothing can be paired or chance explains all.
    pub value: Option<f64>,
    /// The observed agreement.
    pub observed: Option<f64>,
    /// The agreement expected by chance.
    pub expected: Option<f64>,
    /// The standard error over units (Gwet 2014).
    pub error: Option<f64>,
    /// The 95 % interval by Student's t, its upper end at most 1.
    pub interval: Option<(f64, f64)>,
    /// Units with at least two ratings.
    pub units: usize,
}
