#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| standpunt_fuzz::holds("read_en", data));
