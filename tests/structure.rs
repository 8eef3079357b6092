//! Trees, camps, backbones and the split of least misfit.

use standpunt::render::{NetworkFormat, network_xml};
use standpunt::score::kernel::pair_index;
use standpunt::score::networks::congruence::CongruenceOptions;
use standpunt::score::networks::polarisation::{PolarisationOptions, polarisation};
use standpunt::score::networks::statements::Repeats;
use standpunt::score::networks::ties::{Linkage, Ties};
use standpunt::score::networks::two_mode::{TwoMode, TwoModeOptions};
use standpunt::score::table::{Cells, NOT_STATED, Scale, Table};
use standpunt::stop::Stop;

#[path = "support/positions.rs"]
mod positions;
use positions::{Random, names, units};
#[path = "support/sample.rs"]
mod sample;

fn ties(actors: usize, scores: &[(usize, usize, f64)]) -> Ties {
    let pairs = actors * (actors - 1) / 2;
    let mut all = vec![None; pairs];
    scores.iter().for_each(|&(a, b, score)| all[pair_index(actors, a, b)] = Some(score));
    let measure = "agreement".to_owned();
    Ties { measure, actors: names("a", actors), scores: all, shared: vec![1.0; pairs], greatest: Some(1.0) }
}

#[test]
fn a_pair_without_a_score_takes_the_mean_distance_and_an_actor_without_any_has_no_camp() {
    // Two pairs that agree, apart from each other; of the four across, one is unknown; nobody knows the fifth.
    let found = ties(5, &[(0, 1, 0.9), (2, 3, 0.8), (0, 2, 0.1), (0, 3, 0.2), (1, 2, 0.0)]);
    assert_eq!(found.camps(2, Linkage::Average).unwrap(), [Some(1), Some(1), Some(2), Some(2), None]);
    assert_eq!(found.camps(9, Linkage::Average).unwrap(), [Some(1), Some(2), Some(3), Some(4), None]);
    assert!(found.camps(0, Linkage::Average).is_err());
    let tree = found.tree(Linkage::Average);
    assert_eq!((tree.leaves.clone(), tree.unknown), (vec![0, 1, 2, 3], 1));
    let mean = (0.1 + 0.2 + 0.9 + 0.8 + 1.0) / 5.0;
    let last = tree.joins.last().unwrap();
    assert!((last.distance - (0.9 + 0.8 + 1.0 + mean) / 4.0).abs() < 1e-12, "{last:?}");
    assert_eq!(last.size, 4);
}

#[test]
fn camps_have_their_mean_within_and_between() {
    let found = ties(4, &[(0, 1, 0.9), (0, 2, 0.1), (1, 2, 0.3)]);
    let camps = [("x".to_owned(), names("a", 2)), ("y".to_owned(), names("a", 4)[2..].to_vec())];
    let rows = found.between(&camps).unwrap();
    let seen: Vec<(Option<f64>, usize, usize)> = rows.iter().map(|row| (row.mean, row.pairs, row.unknown)).collect();
    assert_eq!(seen, [(Some(0.9), 1, 0), (Some(0.2), 2, 2), (None, 0, 1)]);
    let error = found.between(&[("x".to_owned(), vec!["a0000".to_owned()])]).unwrap_err().to_string();
    assert!(error.contains("a00000"), "{error}");
}

/// A star of one heavy and four light ties: from the middle the heavy one has (1 − 16/20)⁴, the light ones (1 − 1/20)⁴;
/// the outer ones have but one tie each, and two of them another of their own.
#[test]
fn the_backbone_keeps_what_stands_out_from_either_end() {
    let star =
        [(0, 1, 16.0), (0, 2, 1.0), (0, 3, 1.0), (0, 4, 1.0), (0, 5, 1.0), (1, 2, 1.0), (2, 3, 1.0), (3, 4, 1.0)];
    let star: Vec<_> = star.into_iter().chain([(4, 5, 1.0), (1, 5, 1.0)]).collect();
    let found = ties(6, &star);
    assert_eq!(found.edges(None, Some(0.05)).unwrap(), [(0, 1)]);
    assert_eq!(found.edges(Some(2.0), None).unwrap(), [(0, 1)]);
    assert_eq!(found.edges(None, None).unwrap().len(), 10);
    assert!([0.0, 1.0].into_iter().all(|level| found.edges(None, Some(level)).is_err()));
    // Without the light ties the heavy one is the only one of either end.
    assert_eq!(found.edges(Some(1.0), None).unwrap().len(), 10);
    assert_eq!(found.edges(Some(1.5), Some(1e-9)).unwrap(), [(0, 1)]);
    let even = ties(3, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, 0.0)]);
    assert_eq!(even.edges(None, None).unwrap().len(), 3);
    assert_eq!(even.edges(None, Some(0.5)).unwrap(), [(0, 1), (0, 2)]);
    let ring = ties(3, &[(0, 1, 1.0), (0, 2, 1.0), (1, 2, 1.0)]);
    assert_eq!((ring.edges(None, Some(0.5)).unwrap().len(), ring.edges(None, Some(0.51)).unwrap().len()), (0, 3));
    let lone = ties(3, &[(0, 1, 0.5), (1, 2, -0.5)]);
    assert_eq!(lone.edges(None, Some(0.05)).unwrap(), [(0, 1)]);
}

/// Distances are counted from the greatest score there is, or that there can be.
#[test]
fn actors_who_agree_stand_near_each_other_on_the_plane() {
    let mut found = ties(4, &[(0, 1, 0.9), (2, 3, 0.8), (0, 2, 0.1), (0, 3, 0.1), (1, 2, 0.1), (1, 3, 0.1)]);
    let apart = |found: &Ties, a: usize, b: usize| {
        let (known, map) = found.places();
        assert_eq!(known, [0, 1, 2, 3]);
        let at = |actor: usize| map.places[actor];
        (at(a)[0] - at(b)[0]).hypot(at(a)[1] - at(b)[1])
    };
    assert!((apart(&found, 0, 1) - 0.1).abs() < 0.05 && (apart(&found, 0, 2) - 0.9).abs() < 0.05);
    assert!((found.tree(Linkage::Single).joins[0].distance - 0.1).abs() < 1e-12);
    found.greatest = None;
    assert!(found.tree(Linkage::Single).joins[0].distance.abs() < 1e-12);
    assert!(apart(&found, 0, 1) < 0.05 && (apart(&found, 0, 2) - 0.8).abs() < 0.05);
    let words = ["average", "single", "complete", "ward"];
    let all = [Linkage::Average, Linkage::Single, Linkage::Complete, Linkage::Ward];
    assert_eq!(words.map(|word| word.parse::<Linkage>().unwrap()), all);
}

/// Leifeld's two modes on his sample, against the statements themselves.
#[test]
fn actors_and_concepts_have_their_statements_and_their_net_stance() {
    let table = sample::sample();
    let ask = |kind: &str, share: &str, definition: &str| {
        let (kind, share) = (kind.parse().unwrap(), share.parse().unwrap());
        let asked = TwoModeOptions { kind, share, definition: definition.parse().unwrap(), repeats: Repeats::Every };
        TwoMode::of(&table, asked)
    };
    let plain = ask("ignore", "none", "corrected").unwrap();
    assert_eq!(plain.concepts, ["C1", "C2", "C3", "C4", "C5", "C6"]);
    let said = |actor: usize, concept: &str| {
        let on = (0..table.width()).filter(|at| table.units()[*at].issue == concept);
        let codes: Vec<u8> = on.map(|at| table.code(actor, at)).filter(|code| *code < 2).collect();
        let yes = codes.iter().filter(|code| **code == 1).count() as f64;
        (codes.len() as f64, 2.0 * yes - codes.len() as f64)
    };
    let concepts = plain.concepts.clone();
    for share in ["none", "activity", "prominence"] {
        for definition in ["corrected", "dna"] {
            let found = ["ignore", "subtract"].map(|kind| ask(kind, share, definition).unwrap());
            for (at, (actor, concept)) in
                (0..7).flat_map(|actor| concepts.iter().map(move |concept| (actor, concept))).enumerate()
            {
                let (all, net) = said(actor, concept);
                let whole = match share {
                    "activity" => concepts.iter().map(|concept| said(actor, concept).0).sum(),
                    "prominence" => (0..7).map(|actor| said(actor, concept).0).sum(),
                    _ => 1.0,
                };
                let missing = all == 0.0 && definition == "corrected";
                assert_eq!(found[0].cells[at], Some(all / whole), "{share} {actor} {concept}");
                assert_eq!(found[1].cells[at], (!missing).then_some(net / whole), "{share} {actor} {concept}");
                assert_eq!(found[0].statements[at], all);
            }
        }
    }
    assert!(ask("congruence", "none", "dna").is_err() && ask("conflict", "none", "dna").is_err());
    let nominal = Table::new(
        names("a", 2),
        units(1),
        Scale::Nominal { levels: names("level", 2) },
        Cells::Codes(vec![0, NOT_STATED]),
    );
    let of = |kind: &str, share: &str, definition: &str| {
        let (kind, share) = (kind.parse().unwrap(), share.parse().unwrap());
        let asked = TwoModeOptions { kind, share, definition: definition.parse().unwrap(), repeats: Repeats::Every };
        TwoMode::of(nominal.as_ref().unwrap(), asked)
    };
    assert!(of("subtract", "none", "dna").is_err());
    // Who says nothing has no share of it.
    assert_eq!(of("ignore", "activity", "corrected").unwrap().cells, [Some(1.0), None]);
    assert_eq!(of("ignore", "activity", "dna").unwrap().cells, [Some(1.0), Some(0.0)]);
}

fn options(normalise: &str, definition: &str) -> CongruenceOptions {
    CongruenceOptions {
        kind: "congruence".parse().unwrap(),
        normalise: normalise.parse().unwrap(),
        definition: definition.parse().unwrap(),
        repeats: Repeats::Every,
    }
}

/// The sample of the Discourse Network Analyzer: its own test locks in the greatest misfit of balanced splits,
/// 0.5342492708; the least has the sensible camps.
#[test]
fn the_sensible_camps_of_the_sample_come_out_and_the_worst_are_those_of_dna() {
    let asked = PolarisationOptions { camps: 2, balanced: true, seed: 0 };
    let found = polarisation(&sample::sample(), &options("average", "dna"), &asked, &Stop::default()).unwrap();
    assert_eq!(found.camps, [0, 1, 0, 1, 1, 0, 0]);
    assert!((found.misfit - 0.3359145763).abs() < 1e-10, "{}", found.misfit);
    assert!((found.worst - 0.5342492708).abs() < 1e-10, "{}", found.worst);
    assert!(found.exact);
    let corrected =
        polarisation(&sample::sample(), &options("average", "corrected"), &asked, &Stop::default()).unwrap();
    assert_eq!(corrected.camps, found.camps);
}

/// Two camps of two that say the same within and the opposite between.
#[test]
fn perfect_camps_have_no_misfit_as_corrected() {
    let scale = Scale::Ordinal { levels: names("level", 2) };
    let table = Table::new(names("a", 4), units(2), scale, Cells::Codes(vec![1, 1, 0, 0, 1, 1, 0, 0])).unwrap();
    let asked = PolarisationOptions { camps: 2, balanced: false, seed: 0 };
    let misfit = |definition| {
        polarisation(&table, &options("none", definition), &asked, &Stop::default()).map(|found| found.misfit)
    };
    assert_eq!(misfit("corrected"), Ok(0.0));
    assert!(misfit("dna").unwrap() > 0.1);
}

/// As many camps as actors who speak are the most; balanced ones differ by one actor at most.
#[test]
fn camps_are_two_at_least_and_no_more_than_the_actors_who_speak() {
    let scale = Scale::Ordinal { levels: names("level", 2) };
    // Three against two on two concepts, and one who is silent.
    let codes = [[1, 1], [1, 1], [1, 1], [0, 0], [0, 0], [NOT_STATED; 2]].concat();
    let table = Table::new(names("a", 6), units(2), scale.clone(), Cells::Codes(codes)).unwrap();
    let ask = |table: &Table, camps, balanced| {
        let asked = PolarisationOptions { camps, balanced, seed: 0 };
        polarisation(table, &options("none", "corrected"), &asked, &Stop::default())
    };
    for balanced in [true, false] {
        let found = ask(&table, 2, balanced).unwrap();
        assert_eq!((found.camps, found.misfit, found.exact), (vec![0, 0, 0, 1, 1], 0.0, true));
        assert_eq!(ask(&table, 5, balanced).unwrap().camps, [0, 1, 2, 3, 4]);
    }
    for camps in [1, 6] {
        let error = ask(&table, camps, false).unwrap_err().to_string();
        assert_eq!(error, format!("camps: expected 2 to 5, the actors who say something, got {camps}"));
    }
    let many = Table::new(names("a", 501), units(1), scale, Cells::Codes(vec![1; 501])).unwrap();
    assert!(ask(&many, 2, false).unwrap_err().to_string().contains("actors to split"));
    // With one against five a balanced split cannot set the one apart.
    let codes = [1, 1, 1, 1, 1, 0].map(|code| [code; 2]).concat();
    let uneven = Table::new(names("a", 6), units(2), table.scale().clone(), Cells::Codes(codes)).unwrap();
    assert_eq!(ask(&uneven, 2, false).unwrap().camps, [0, 0, 0, 0, 0, 1]);
    assert_eq!(ask(&uneven, 2, true).unwrap().camps.iter().sum::<usize>(), 3);
}

#[test]
fn two_parties_are_found_among_too_many_actors_to_look_at_every_split() {
    let (actors, issues) = (40, 30);
    let mut random = Random(5);
    let party: Vec<u8> = (0..actors).map(|_| random.below(2) as u8).collect();
    let code = |at: usize, random: &mut Random| match random.below(10) {
        0 => NOT_STATED,
        1 => 1 - party[at / issues],
        _ => party[at / issues],
    };
    let codes = (0..actors * issues).map(|at| code(at, &mut random)).collect();
    let scale = Scale::Ordinal { levels: names("level", 2) };
    let table = Table::new(names("a", actors), units(issues), scale, Cells::Codes(codes)).unwrap();
    let asked = PolarisationOptions { camps: 2, balanced: false, seed: 3 };
    let found = polarisation(&table, &options("average", "corrected"), &asked, &Stop::default()).unwrap();
    assert!(!found.exact);
    let first = party[0];
    let expected: Vec<usize> = party.iter().map(|own| usize::from(*own != first)).collect();
    assert_eq!(found.camps, expected);
    let again = polarisation(&table, &options("average", "corrected"), &asked, &Stop::default()).unwrap();
    assert_eq!(again, found);
    let few = PolarisationOptions { camps: 1, balanced: true, seed: 0 };
    assert!(polarisation(&table, &options("none", "corrected"), &few, &Stop::default()).is_err());
}

#[test]
fn networks_leave_as_xml_that_is_read_again() {
    let mut found = ties(3, &[(0, 1, 0.5), (1, 2, -0.25)]);
    found.actors[1] = "a <&> \"b\" \u{1}é".to_owned();
    let edges = found.edges(None, None).unwrap();
    let camps = [Some(1), Some(2), None];
    for (format, node, edge) in [(NetworkFormat::Gexf, "label", "weight"), (NetworkFormat::GraphMl, "id", "source")] {
        let text = network_xml(&found, &edges, Some(&camps), format).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        let mut seen = (0, 0);
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Eof => break,
                quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => match tag.name().0 {
                    "node" => seen.0 += usize::from(tag.try_get_attribute(node).unwrap().is_some()),
                    "edge" => seen.1 += usize::from(tag.try_get_attribute(edge).unwrap().is_some()),
                    _ => {}
                },
                _ => {}
            }
        }
        assert_eq!(seen, (3, 2), "{text}");
        assert!(text.contains("a &lt;&amp;&gt;") && text.contains("-0.25") && !text.contains('\u{1}'), "{text}");
    }
}
