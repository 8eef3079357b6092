//! Each mutated place of a source, rewritten so that it does what the mutant that is on says.

use std::collections::HashMap;
use std::mem::replace;

use anyhow::{Context, Result};
use syn::spanned::Spanned;
use syn::visit_mut::{self, VisitMut};
use syn::{
    Arm, BinOp, Block, Expr, ExprBinary, ExprStruct, ReturnType, Signature, Stmt, Type, TypeParamBound, parse_quote,
};

use crate::mutant::{Genre, Mutant, Place};

/// How a mutant is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Way {
    /// Operands are worked out once, before the switch.
    Once,
    /// Each branch has its own operands: longer, but what no branch could share then compiles.
    Twice,
    /// Not at all, for this reason.
    Not(String),
}

/// The source with the switches of its mutants; what has none is noted in `ways`.
pub fn switched(source: &str, mutants: &[&Mutant], ways: &mut HashMap<u32, Way>) -> Result<String> {
    let mut file = syn::parse_file(source)?;
    let mut at: HashMap<(Genre, Place), Vec<&Mutant>> = HashMap::new();
    for mutant in mutants {
        at.entry((mutant.genre, mutant.place())).or_default().push(mutant);
    }
    let mut switcher = Switcher { at, ways, constant: false, placed: 0, wrong: None };
    switcher.visit_file_mut(&mut file);
    if let Some(wrong) = switcher.wrong {
        return Err(wrong).context("a replacement that is no code");
    }
    let Switcher { at, ways, .. } = switcher;
    for mutant in at.into_values().flatten() {
        ways.insert(mutant.id, Way::Not("no such place was found".into()));
    }
    Ok(prettyplease::unparse(&file))
}

struct Switcher<'m> {
    at: HashMap<(Genre, Place), Vec<&'m Mutant>>,
    ways: &'m mut HashMap<u32, Way>,
    /// Within what is worked out when it is compiled.
    constant: bool,
    placed: usize,
    wrong: Option<syn::Error>,
}

impl Switcher<'_> {
    /// The mutants of this place that are to be written.
    fn take(&mut self, genre: Genre, place: Place) -> Vec<(u32, String)> {
        let mut taken = Vec::new();
        for mutant in self.at.remove(&(genre, place)).unwrap_or_default() {
            if self.constant {
                self.ways.insert(mutant.id, Way::Not("constant".into()));
            } else if !matches!(self.ways.get(&mutant.id), Some(Way::Not(_))) {
                taken.push((mutant.id, mutant.replacement.clone()));
            }
        }
        self.placed += taken.len();
        taken
    }

    fn parsed<T: syn::parse::Parse>(&mut self, code: &str) -> Option<T> {
        syn::parse_str(code).map_err(|error| self.wrong = Some(error)).ok()
    }

    fn in_constant(&mut self, constant: bool, visit: impl FnOnce(&mut Self)) {
        let outer = replace(&mut self.constant, constant);
        visit(self);
        self.constant = outer;
    }

    fn function(&mut self, start: Option<Place>, placed: usize, signature: &mut Signature, block: &mut Block) {
        let taken = start.map(|start| self.take(Genre::FnValue, start)).unwrap_or_default();
        let hidden = hides_iterator(&signature.output);
        let mut stmts: Vec<Stmt> = Vec::new();
        for (id, code) in &taken {
            let Some(value) = self.parsed::<Expr>(code) else { return };
            stmts.push(match hidden {
                true => parse_quote! { if crate::mutant::on(#id) { return crate::mutant::Either::Instead((#value).next()); } },
                false => parse_quote! { if crate::mutant::on(#id) { return #value; } },
            });
        }
        if hidden && !taken.is_empty() {
            let usual = block.clone();
            stmts.push(Stmt::Expr(parse_quote! { crate::mutant::Either::Usual(#usual) }, None));
            block.stmts = stmts;
        } else {
            block.stmts.splice(0..0, stmts);
        }
        if self.placed > placed {
            signature.constness = None;
        }
    }

    fn binary(&mut self, taken: &[(u32, String)], binary: &ExprBinary) -> Option<Expr> {
        let ExprBinary { left, op, right, .. } = binary;
        if taken.iter().any(|(id, _)| self.ways.get(id) == Some(&Way::Twice)) {
            return self.branches(
                taken,
                parse_quote! { (#left) #op (#right) },
                |op| parse_quote! { (#left) #op (#right) },
            );
        }
        let (id, _) = taken.first()?;
        match op {
            BinOp::And(_) | BinOp::Or(_) if chains(left) || chains(right) => {
                self.ways.insert(*id, Way::Not("does not compile: a chain of let".into()));
                None
            }
            BinOp::And(_) => Some(parse_quote! {
                { let __left = #left; if __left != crate::mutant::on(#id) { #right } else { __left } }
            }),
            BinOp::Or(_) => Some(parse_quote! {
                { let __left = #left; if __left == crate::mutant::on(#id) { #right } else { __left } }
            }),
            BinOp::Eq(_) | BinOp::Ne(_) | BinOp::Lt(_) | BinOp::Le(_) | BinOp::Gt(_) | BinOp::Ge(_) => {
                let inner = self.branches(
                    taken,
                    parse_quote! { *__left #op *__right },
                    |op| parse_quote! { *__left #op *__right },
                )?;
                Some(parse_quote! { match (&(#left), &(#right)) { (__left, __right) => #inner } })
            }
            _ if assigns(op) => {
                let inner =
                    self.branches(taken, parse_quote! { #left #op __right }, |op| parse_quote! { #left #op __right })?;
                Some(parse_quote! { match #right { __right => #inner } })
            }
            _ => {
                let inner = self.branches(
                    taken,
                    parse_quote! { __left #op __right },
                    |op| parse_quote! { __left #op __right },
                )?;
                Some(parse_quote! { match (#left, #right) { (__left, __right) => #inner } })
            }
        }
    }

    /// `usual`, or of the mutant that is on what `with` makes of its operator.
    fn branches(&mut self, taken: &[(u32, String)], usual: Expr, with: impl Fn(&BinOp) -> Expr) -> Option<Expr> {
        let mut whole: Expr = parse_quote! { { #usual } };
        for (id, code) in taken.iter().rev() {
            let mutated = with(&self.parsed(code)?);
            whole = parse_quote! { if crate::mutant::on(#id) { #mutated } else #whole };
        }
        // Not a statement of its own, wherever it stands.
        Some(parse_quote! { (#whole) })
    }
}

impl VisitMut for Switcher<'_> {
    fn visit_expr_mut(&mut self, expr: &mut Expr) {
        let binary = match expr {
            Expr::Binary(binary) => self.take(Genre::BinaryOperator, start(&binary.op)),
            _ => Vec::new(),
        };
        let unary = match expr {
            Expr::Unary(unary) => self.take(Genre::UnaryOperator, start(&unary.op)),
            _ => Vec::new(),
        };
        let fields: Vec<Vec<(u32, String)>> = match expr {
            Expr::Struct(whole) => {
                whole.fields.iter().map(|field| self.take(Genre::StructField, start(field))).collect()
            }
            _ => Vec::new(),
        };
        visit_mut::visit_expr_mut(self, expr);
        let written = match expr {
            Expr::Binary(whole) if !binary.is_empty() => self.binary(&binary, whole),
            Expr::Unary(whole) => unary.first().map(|(id, _)| {
                let (op, operand) = (whole.op, &whole.expr);
                parse_quote! { match #operand { __right => if crate::mutant::on(#id) { __right } else { #op __right } } }
            }),
            Expr::Struct(whole) if fields.iter().any(|field| !field.is_empty()) => Some(without(whole, &fields)),
            _ => None,
        };
        if let Some(written) = written {
            *expr = parse_quote! { (#written) };
        }
    }

    fn visit_arm_mut(&mut self, arm: &mut Arm) {
        let deleted = self.take(Genre::MatchArm, start(arm));
        let guarded = match &arm.guard {
            Some((_, guard)) => self.take(Genre::MatchArmGuard, start(guard)),
            None => Vec::new(),
        };
        visit_mut::visit_arm_mut(self, arm);
        if let Some((id, _)) = deleted.first() {
            arm.guard = Some((parse_quote! { if }, parse_quote! { !crate::mutant::on(#id) }));
        }
        if let Some((_, guard)) = &mut arm.guard {
            for (id, code) in &guarded {
                **guard = match code.as_str() {
                    "true" => parse_quote! { crate::mutant::on(#id) || (#guard) },
                    _ => parse_quote! { !crate::mutant::on(#id) && (#guard) },
                };
            }
        }
    }

    fn visit_item_fn_mut(&mut self, item: &mut syn::ItemFn) {
        let (at, placed) = (first(&item.block), self.placed);
        visit_mut::visit_item_fn_mut(self, item);
        self.function(at, placed, &mut item.sig, &mut item.block);
    }

    fn visit_impl_item_fn_mut(&mut self, item: &mut syn::ImplItemFn) {
        let (at, placed) = (first(&item.block), self.placed);
        visit_mut::visit_impl_item_fn_mut(self, item);
        self.function(at, placed, &mut item.sig, &mut item.block);
    }

    fn visit_trait_item_fn_mut(&mut self, item: &mut syn::TraitItemFn) {
        let (at, placed) = (item.default.as_ref().and_then(first), self.placed);
        visit_mut::visit_trait_item_fn_mut(self, item);
        if let Some(block) = &mut item.default {
            self.function(at, placed, &mut item.sig, block);
        }
    }

    fn visit_expr_closure_mut(&mut self, closure: &mut syn::ExprClosure) {
        self.in_constant(false, |inner| visit_mut::visit_expr_closure_mut(inner, closure));
    }

    fn visit_item_const_mut(&mut self, item: &mut syn::ItemConst) {
        self.in_constant(true, |inner| visit_mut::visit_item_const_mut(inner, item));
    }

    fn visit_item_static_mut(&mut self, item: &mut syn::ItemStatic) {
        self.in_constant(true, |inner| visit_mut::visit_item_static_mut(inner, item));
    }

    fn visit_impl_item_const_mut(&mut self, item: &mut syn::ImplItemConst) {
        self.in_constant(true, |inner| visit_mut::visit_impl_item_const_mut(inner, item));
    }

    fn visit_trait_item_const_mut(&mut self, item: &mut syn::TraitItemConst) {
        self.in_constant(true, |inner| visit_mut::visit_trait_item_const_mut(inner, item));
    }

    fn visit_expr_const_mut(&mut self, item: &mut syn::ExprConst) {
        self.in_constant(true, |inner| visit_mut::visit_expr_const_mut(inner, item));
    }

    fn visit_type_array_mut(&mut self, item: &mut syn::TypeArray) {
        self.in_constant(true, |inner| visit_mut::visit_type_array_mut(inner, item));
    }

    fn visit_generic_argument_mut(&mut self, item: &mut syn::GenericArgument) {
        self.in_constant(true, |inner| visit_mut::visit_generic_argument_mut(inner, item));
    }

    fn visit_variant_mut(&mut self, item: &mut syn::Variant) {
        self.in_constant(true, |inner| visit_mut::visit_variant_mut(inner, item));
    }

    fn visit_expr_repeat_mut(&mut self, item: &mut syn::ExprRepeat) {
        self.visit_expr_mut(&mut item.expr);
        self.in_constant(true, |inner| inner.visit_expr_mut(&mut item.len));
    }
}

/// Where it starts, with columns from 1.
fn start(of: &impl Spanned) -> Place {
    let at = of.span().start();
    Place { line: at.line, column: at.column + 1 }
}

fn first(block: &Block) -> Option<Place> {
    block.stmts.first().map(start)
}

fn hides_iterator(output: &ReturnType) -> bool {
    let ReturnType::Type(_, output) = output else { return false };
    let Type::ImplTrait(hidden) = &**output else { return false };
    hidden.bounds.iter().any(|bound| match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|name| name.ident.to_string().ends_with("Iterator"))
        }
        _ => false,
    })
}

/// Whether the operand binds names for what follows: `let` and `||` do not go together.
fn chains(operand: &Expr) -> bool {
    match operand {
        Expr::Let(_) => true,
        Expr::Binary(ExprBinary { left, op: BinOp::And(_), right, .. }) => chains(left) || chains(right),
        _ => false,
    }
}

fn assigns(op: &BinOp) -> bool {
    use BinOp::*;
    matches!(
        op,
        AddAssign(_)
            | SubAssign(_)
            | MulAssign(_)
            | DivAssign(_)
            | RemAssign(_)
            | BitXorAssign(_)
            | BitAndAssign(_)
            | BitOrAssign(_)
            | ShlAssign(_)
            | ShrAssign(_)
    )
}

/// The struct, or without the field whose mutant is on.
fn without(whole: &ExprStruct, fields: &[Vec<(u32, String)>]) -> Expr {
    let mut written: Expr = parse_quote! { { #whole } };
    for (at, field) in fields.iter().enumerate() {
        for (id, _) in field {
            let mut rest = whole.clone();
            rest.fields.clear();
            for (_, other) in whole.fields.iter().enumerate().filter(|(other, _)| *other != at) {
                rest.fields.push_value(other.clone());
                rest.fields.push_punct(Default::default());
            }
            written = parse_quote! { if crate::mutant::on(#id) { #rest } else #written };
        }
    }
    written
}
