//! What a coder should hand over, as a JSON schema.

use serde_json::{Value, json};

use crate::model::{Institution, Intensity, Quantifier, Roster, Stance};

/// The JSON schema (draft 2020-12) of an object `{"statements": [...]}` that a language model can be asked to
/// fill. Every field is required, as models' structured output asks, and null where it does not apply.
pub fn schema() -> Value {
    let states: Vec<String> = Roster::eu_ever().actors().iter().map(|actor| actor.as_str().to_owned()).collect();
    let sizes: Vec<String> = Quantifier::WORDS.iter().map(ToString::to_string).collect();
    let institutions: Vec<&str> = Institution::ALL.map(Institution::as_str).to_vec();
    let stances = [Stance::Support, Stance::Neutral, Stance::Oppose].map(Stance::as_str);
    let intensities = Intensity::ALL.map(Intensity::as_str);
    let list = |what: &str| json!({"type": "array", "items": {"enum": states}, "description": what});
    let fields = json!({
        "quote": {"type": "string", "minLength": 1, "description":
            "The smallest run of words that carries the position, copied from the report letter by letter."},
        "start": {"type": ["integer", "null"], "minimum": 0, "description":
            "Where the quote begins, in characters from 0; needed where its words stand more than once."},
        "end": {"type": ["integer", "null"], "minimum": 0, "description": "Where the quote ends, exclusive."},
        "institution": {"enum": nullable(&institutions), "description":
            "The institution that holds the position, in a statement of its own; null where states hold it."},
        "named": list("Member states that are certainly among the holders, those of a named bloc included."),
        "excluded": list("Member states that the text takes out of the group."),
        "quantifier": {"anyOf": [{"enum": nullable(&sizes)}, {"type": "string", "pattern": "^count:[0-9]+$"}],
            "description": "The size word of the group; named_only for exactly the named; count:N for a number; \
                            null for an institution."},
        "stance": {"enum": stances, "description":
            "Toward the proposition. A call for it supports it, a reservation or concern opposes it, a question or \
             announcement is neutral."},
        "proposition": {"type": "string", "minLength": 1, "description":
            "What the stance is toward, in its keeping form: who wants X abolished opposes X. The same words wherever \
             the same thing is meant."},
        "intensity": {"enum": intensities, "description": "How strongly it is put."},
        "conditional": {"type": "boolean", "description": "Whether it hangs on a stated condition."},
    });
    let required: Vec<String> = fields.as_object().into_iter().flat_map(|map| map.keys().cloned()).collect();
    let statement =
        json!({"type": "object", "properties": fields, "required": required, "additionalProperties": false});
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Statements of a report",
        "description": "Every position stated in a report of a Council meeting: one holder, one proposition, one stance \
                        each. Courtesies, procedure, the chair's summing-up and positions of other meetings are none.",
        "type": "object",
        "properties": {"statements": {"type": "array", "items": statement}},
        "required": ["statements"],
        "additionalProperties": false,
    })
}

/// The words, and null.
fn nullable<S: AsRef<str>>(words: &[S]) -> Vec<Value> {
    words.iter().map(|word| Value::from(word.as_ref())).chain([Value::Null]).collect()
}
