//! Instruments: which names of a text are laws, plans, funds, bodies and networks.

use standpunt::Corpus;
use standpunt::document::Opening;
use standpunt::lexicon::Lexicon;
use standpunt::link::{Instrument, Instruments, KnownInstrument, LinkOptions, instruments};
use standpunt::model::{Actor, Holder, Institution, Intensity, Quote, Report, Stance, Statement};
use standpunt::read::Options;
use standpunt::reports::{ReportOptions, Source, read_reports};
use standpunt::stop::Stop;

fn corpus(text: &str, statements: &[(&str, Holder, Stance)]) -> Corpus {
    let report = Report { name: "r".into(), meetings: vec!["m".into()], text: text.into(), warnings: Vec::new() };
    let statement = |(quote, holder, stance): &(&str, Holder, Stance)| Statement {
        id: "".into(),
        report: "r".into(),
        meeting: "m".into(),
        section: "".into(),
        topic: "".into(),
        issue: (*quote).into(),
        polarity: 1,
        proposition: (*quote).into(),
        holder: holder.clone(),
        stance: *stance,
        intensity: Intensity::Normal,
        conditional: false,
        change: false,
        quote: Some(Quote::words(quote)),
        rule: "test".into(),
        confidence: 1.0,
        weight: 1.0,
    };
    Corpus { reports: vec![report], statements: statements.iter().map(statement).collect(), ..Corpus::default() }
}

/// The instruments of a text of which one state supports every sentence.
fn found(text: &str) -> Instruments {
    let quotes: Vec<(&str, Holder, Stance)> =
        text.split_inclusive(". ").map(|q| (q, state("NL"), Stance::Support)).collect();
    instruments(&corpus(text, &quotes), &[])
}

fn state(code: &str) -> Holder {
    Holder::states(vec![Actor::new(code)])
}

fn row<'i>(found: &'i Instruments, name: &str) -> &'i Instrument {
    let goes_by = |row: &&Instrument| {
        row.name == name || row.abbreviation.as_deref() == Some(name) || row.variants.iter().any(|v| v == name)
    };
    let rows: Vec<&Instrument> = found.rows.iter().filter(goes_by).collect();
    assert_eq!(rows.len(), 1, "{name}: {:?}", found.rows.iter().map(|row| &row.variants).collect::<Vec<_>>());
    rows[0]
}

#[test]
fn a_bracket_joins_both_names_in_either_order_and_across_languages() {
    let text = "Lidstaten steunden het Europees Bureau voor Havens (EBH). Ook het European Office of Ports\n(hierna: EBH) kwam \
                aan bod. De rol van ZEEWIS (Zeevaart informatiesysteem) bleef open. The Clean Harbours Network (also known as \
                HaNet) was mentioned. The European Rail Timing System (ERTs) followed.";
    let found = found(text);
    assert_eq!(row(&found, "European Office of Ports"), row(&found, "Europees Bureau voor Havens"));
    assert_eq!(row(&found, "ZEEWIS").name, "Zeevaart informatiesysteem");
    assert_eq!(row(&found, "HaNet").name, "Clean Harbours Network");
    assert_eq!(row(&found, "European Rail Timing System").abbreviation.as_deref(), Some("ERTS"));
}

#[test]
fn states_places_institutions_people_and_headlines_are_none() {
    let text = "SUMMARY OF THE SESSION\nDe Europese Commissie (hierna: Commissie) en de Verenigde Staten spraken in Den Haag met \
                eurocommissaris Jan Jansen. Het Poolse voorzitterschap wees op Rusland, de NAVO en de EU-fondsen. De Tweede Kamer \
                en het Europees Parlement volgden. GERMANY and the BALTIC STATES met Minister Ann Example on Wednesday 4 March. \
                Nederlandse wet en Duitse initiatief. Neither Cyprus nor Malta spoke. Hoewel Oostenrijk zweeg, koos de Czech \
                Republic een btw-tarief voor PFAS en 700 MHz. FLIGHTS (Article 28a): Spain agreed on flights.";
    let found = found(text);
    assert_eq!(found.rows, [], "{:?}", found.rows);
}

#[test]
fn spellings_inflections_and_misread_capitals_are_one_instrument() {
    let text = "Het komende /nvestZl initiatief. Daarna het InvestZI-fonds. De Clean Port Hubs en een Clean Port Hub, \
                ook de Port Blueprint en de Blueprint Port. Het Blue Horizon Programma en Blue Horizon. De wet Horizon 2020 en \
                het Horizon 2030 programma.";
    let found = found(text);
    assert_eq!(row(&found, "InvestZI").variants, ["InvestZI"]);
    assert_eq!(row(&found, "Clean Port Hubs"), row(&found, "Clean Port Hub"));
    assert_eq!(row(&found, "Port Blueprint"), row(&found, "Blueprint Port"));
    assert_eq!(row(&found, "Blue Horizon").name, "Blue Horizon");
}

#[test]
fn a_place_or_day_behind_a_name_is_no_part_of_it() {
    let found = found(
        "De lidstaten steunden de Clean Port Hubs in Warsaw en het EZM in Luxemburg. The Blue Ports Act on Monday.",
    );
    let names: Vec<&str> = found.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["Blue Ports Act", "Clean Port Hubs", "EZM"]);
}

#[test]
fn what_no_position_is_about_is_none_and_a_part_of_a_longer_name_is_not_meant() {
    let text = "Het Blue Ports Act en het Clean Blue Ports Act kwamen aan bod, ook de Port Blueprint.";
    let statements = [("steunde het Clean Blue Ports Act", state("NL"), Stance::Support)];
    let found = instruments(&corpus(text, &statements), &[]);
    assert_eq!(found.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(), ["Clean Blue Ports Act"]);
}

#[test]
fn statements_are_about_the_instruments_that_they_name() {
    let text = "Lidstaten steunden het Europees Bureau voor Havens (EBH) en de Clean Port Hubs.";
    let statements = [
        ("verzette zich tegen het EBH", state("FR"), Stance::Oppose),
        ("steunde het Europees Bureau voor Havens en de Clean Port Hubs", state("NL"), Stance::Support),
        ("wees op havens", Holder::Institution(Institution::Commission), Stance::Support),
    ];
    let found = instruments(&corpus(text, &statements), &[]);
    let office = row(&found, "EBH");
    assert_eq!((office.statements, office.abbreviation.as_deref()), (2, Some("EBH")));
    assert_eq!((&office.supporters, &office.opponents), (&vec![Actor::new("NL")], &vec![Actor::new("FR")]));
    assert_eq!(found.of.iter().map(Vec::len).collect::<Vec<_>>(), [1, 2, 0]);
}

#[test]
fn a_list_of_the_user_takes_precedence() {
    let text = "Lidstaten steunden de Port Blueprint en het Europees Bureau voor Havens (EBH).";
    let known = [KnownInstrument {
        name: "Blauwdruk".into(),
        abbreviation: None,
        aliases: vec!["Port Blueprint".into(), "EBH".into()],
    }];
    let found = instruments(&corpus(text, &[("steunde het EBH", state("NL"), Stance::Support)]), &known);
    assert_eq!(row(&found, "EBH").name, "Blauwdruk");
    assert_eq!(row(&found, "Port Blueprint").name, "Blauwdruk");
}

/// The corpus of some reports of this repository.
fn read(files: &[std::path::PathBuf]) -> Corpus {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let source = |file: &std::path::PathBuf| Source::File {
        path: root.join(file),
        name: file.file_stem().unwrap().to_string_lossy().into_owned(),
    };
    let options = ReportOptions {
        read: Options { lexicon: Lexicon::standard().unwrap(), language: None, lookalikes: false },
        link: LinkOptions::default(),
        opening: Opening::default(),
        strict: true,
    };
    read_reports(&files.iter().map(source).collect::<Vec<_>>(), &options, &Stop::default()).unwrap()
}

#[test]
fn the_seed_report_names_its_instruments_and_nothing_else_that_is_named() {
    let corpus = read(&["seeds/reports/verslag-informele-telecomraad-2025-03.txt".into()]);
    let found = instruments(&corpus, &[]);
    for name in [
        "Blueprint Cyber",
        "EU Cable Security Action Plan",
        "CyCLONe",
        "ECCC",
        "ENISA",
        "InvestAI",
        "Digital Europe",
        "Horizon",
        "Cybersecurity Skills Academy",
        "EDIH",
        "European Cyber Hubs",
    ] {
        row(&found, name);
    }
    assert_eq!(
        row(&found, "European Cybersecurity Competence Centre"),
        row(&found, "Europese Kenniscentrum voor Cyberbeveiliging")
    );
    assert_eq!(row(&found, "CyCLONe").name, "European Cyber Crisis Liaison Officers Network");
    let names: Vec<&str> = found.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names.len(), 11, "{names:?}");
}

#[test]
fn coded_reports_name_instruments_and_no_state_place_or_institution() {
    let dir = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gold/seen");
    let mut files: Vec<_> = std::fs::read_dir(dir).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|file| file.extension().is_some_and(|end| end == "txt"));
    files.sort();
    let found = instruments(&read(&files), &[]);
    // What is taken wrongly: persons, the head of a dispatch, names that "and" parts, a title, and a name cut short.
    let wrong = [
        "Algemene",
        "Bernd Lange",
        "Continental Press",
        "Control",
        "European Centre for Disease Prevention",
        "European Maritime",
        "Fisheries Fund",
        "Nations Security Council",
        "TAC for Bay of Biscay",
        "TAC for West of Scotland",
        "Vertegenwoordiger Borrell",
    ];
    let names: Vec<&str> = found.rows.iter().map(|row| row.name.as_str()).collect();
    let (mistaken, names): (Vec<&str>, Vec<&str>) = names.into_iter().partition(|name| wrong.contains(name));
    assert_eq!(mistaken, wrong);
    let expected = [
        "AVG",
        "Anglo Irish Bank",
        "Appellate Body",
        "BEREC",
        "CVM",
        "Chief Trade Enforcement Officer",
        "Connecting Europe Facility",
        "Creatief Europa",
        "Critical Medicines Act",
        "Digital Services Act",
        "EASA",
        "EDIP",
        "EFRO",
        "ENISA",
        "ERK",
        "ERTMS",
        "ESMA",
        "ETS",
        "EU-Mercosur",
        "EU4Health",
        "EUAA",
        "EUFOR Althea",
        "EUMAM",
        "EastMed",
        "Enforcement Regulation",
        "Erasmus",
        "Eurodac",
        "European Banking Authority",
        "European Health Data Space",
        "European Investment Bank",
        "European Labour Authority",
        "European Medicines Agency",
        "European Semester",
        "European Social Fund",
        "Europees Concurrentievermogenfonds",
        "Europees Milieuagentschap",
        "Europees Openbaar Ministerie",
        "Europees PNR",
        "Europees Ruimteagentschap",
        "Europees Semester",
        "Europees Spoorwegbureau",
        "Europese Innovatieraad",
        "Europese Investeringsbank",
        "Europese Vredesfaciliteit",
        "FTT",
        "GNSS",
        "Gemeenschappelijk Europees Luchtruim",
        "Gemeenschappelijk Landbouwbeleid",
        "Global Gateway",
        "Green Deal",
        "HVF",
        "Horizon",
        "Horizon Europa",
        "ICAO",
        "Ignalina",
        "Internationale Raad voor het Onderzoek van de Zee",
        "InvestEU",
        "Joint Research Centre",
        "Just Transition Fund",
        "LDR",
        "MSY",
        "MTR",
        "Meerjarig Financieel Kader",
        "Mercosur",
        "NDICI",
        "Nord Stream",
        "ODA",
        "Omnibus Regulation",
        "PNR",
        "Paris Agreement",
        "Prespa",
        "Railway Package",
        "Return Directive",
        "SES2",
        "Solvency II",
        "Standing Forestry Committee",
        "TIR",
        "TRACES",
        "Tobacco Products Directive",
        "UNRWA",
        "UPG",
        "United Nations Security Council",
        "Wereldantidopingagentschap",
        "World Health Assembly",
        "World Health Organization",
        "Youth Employment Initiative",
    ];
    assert_eq!(names, expected);
}

/// What the user lists as two stays two, even where a text says that they are one.
#[test]
fn instruments_that_the_user_tells_apart_stay_apart() {
    let text = "Malta supported the Clean Harbours Network (CHN). ";
    let quotes = [(text.trim_end(), state("MT"), Stance::Support)];
    let known = |name: &str| KnownInstrument { name: name.to_owned(), ..KnownInstrument::default() };
    let both = instruments(&corpus(text, &quotes), &[known("Clean Harbours Network"), known("CHN")]);
    let names: Vec<&str> = both.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, ["CHN", "Clean Harbours Network"]);
    let one = instruments(&corpus(text, &quotes), &[known("Clean Harbours Network")]);
    assert_eq!(one.rows.len(), 1);
    assert_eq!(one.rows[0].abbreviation.as_deref(), Some("CHN"));
}
