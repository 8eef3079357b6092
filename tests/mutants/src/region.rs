//! Where in a rewritten source which mutants stand: the way back from a compiler's error.

use anyhow::Result;
use proc_macro2::{LineColumn, Span};
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::{Block, Expr, ExprIf, Lit, Pat, Stmt};

#[derive(Debug)]
struct Region {
    start: LineColumn,
    end: LineColumn,
    ids: Vec<u32>,
}

/// The regions of one source.
pub struct Regions(Vec<Region>);

impl Regions {
    pub fn of(source: &str) -> Result<Regions> {
        let mut regions = Regions(Vec::new());
        regions.visit_file(&syn::parse_file(source)?);
        Ok(regions)
    }

    /// The mutants of the smallest region around this place.
    pub fn around(&self, start: LineColumn, end: LineColumn) -> &[u32] {
        let around = self.0.iter().filter(|region| region.start <= start && end <= region.end);
        around.max_by_key(|region| (region.start, std::cmp::Reverse(region.end))).map_or(&[], |region| &region.ids)
    }

    fn push(&mut self, span: Span, ids: Vec<u32>) {
        if !ids.is_empty() {
            self.0.push(Region { start: span.start(), end: span.end(), ids });
        }
    }
}

impl<'a> Visit<'a> for Regions {
    fn visit_expr_if(&mut self, branch: &'a ExprIf) {
        let ids = along(branch);
        self.push(branch.then_branch.span(), ids.first().copied().into_iter().collect());
        self.push(branch.span(), ids);
        visit::visit_expr_if(self, branch);
    }

    fn visit_expr_match(&mut self, whole: &'a syn::ExprMatch) {
        if let [arm] = &whole.arms[..] {
            let mut body = &*arm.body;
            while let Expr::Paren(inner) = body {
                body = &inner.expr;
            }
            if let Expr::If(branch) = body {
                self.push(whole.span(), along(branch));
            }
        }
        // That arms which may be off leave something uncovered is said of what is matched.
        let guards = whole.arms.iter().filter_map(|arm| arm.guard.as_ref());
        let deleted = guards.filter(|(_, guard)| matches!(**guard, Expr::Unary(_)));
        self.push(whole.expr.span(), deleted.flat_map(|(_, guard)| switches(guard)).collect());
        visit::visit_expr_match(self, whole);
    }

    fn visit_arm(&mut self, arm: &'a syn::Arm) {
        if let Some((_, guard)) = &arm.guard {
            let ids = switches(guard);
            self.push(guard.span(), ids.clone());
            self.push(arm.pat.span(), ids);
        }
        visit::visit_arm(self, arm);
    }

    fn visit_block(&mut self, block: &'a Block) {
        match &block.stmts[..] {
            [Stmt::Local(local), Stmt::Expr(Expr::If(branch), None)] if matches!(&local.pat, Pat::Ident(name) if name.ident == "__left") =>
            {
                self.push(block.span(), switches(&branch.cond));
            }
            [begun @ .., Stmt::Expr(Expr::Call(call), None)] if matches!(&*call.func, Expr::Path(path) if path.path.segments.last().is_some_and(|name| name.ident == "Usual")) =>
            {
                let ids = begun.iter().filter_map(|stmt| match stmt {
                    Stmt::Expr(Expr::If(branch), _) => switch(&branch.cond),
                    _ => None,
                });
                self.push(block.span(), ids.collect());
            }
            _ => {}
        }
        visit::visit_block(self, block);
    }
}

/// The mutants of an `if` and of those behind its `else`.
fn along(branch: &ExprIf) -> Vec<u32> {
    let mut ids: Vec<u32> = switch(&branch.cond).into_iter().collect();
    if let (false, Some((_, other))) = (ids.is_empty(), &branch.else_branch)
        && let Expr::If(next) = &**other
    {
        ids.extend(along(next));
    }
    ids
}

/// The mutants that a condition asks for, without those of its operands.
fn switches(condition: &Expr) -> Vec<u32> {
    match condition {
        Expr::Binary(whole) => [switches(&whole.left), switches(&whole.right)].concat(),
        Expr::Unary(whole) => switches(&whole.expr),
        Expr::Paren(whole) => switches(&whole.expr),
        other => switch(other).into_iter().collect(),
    }
}

/// The mutant of `crate::mutant::on(id)`.
fn switch(condition: &Expr) -> Option<u32> {
    let Expr::Call(call) = condition else { return None };
    let Expr::Path(path) = &*call.func else { return None };
    let names: Vec<String> = path.path.segments.iter().map(|segment| segment.ident.to_string()).collect();
    match (&names[..], call.args.first()) {
        ([_, module, on], Some(Expr::Lit(id))) if module == "mutant" && on == "on" => match &id.lit {
            Lit::Int(id) => id.base10_parse().ok(),
            _ => None,
        },
        _ => None,
    }
}
