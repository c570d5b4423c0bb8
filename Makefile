# The commands of the project; people and continuous integration call the same ones.

.DEFAULT_GOAL := help
.PHONY: help setup run dev build test test-rust test-browser lint budgets lighthouse offline relevance bench clean

help: ## Lists the commands
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: ## Installs what building needs and this machine lacks
	@rustup target list --installed 2>/dev/null | grep -q wasm32-unknown-unknown || rustup target add wasm32-unknown-unknown

build: setup ## Builds target/release/liuguang and target/site
	cargo xtask build

run: build ## Serves the site with its demo content on http://127.0.0.1:3000
	target/release/liuguang serve

dev: ## Rebuilds and restarts on every change (needs cargo-leptos 0.3.10; without it: cargo xtask build --debug)
	cargo leptos watch

test: test-rust test-browser ## Runs every test: Rust, and the browser journeys

test-rust: setup ## Runs the Rust tests, on SQLite and PostgreSQL
	scripts/test-rust

test-browser: build ## Runs the browser journeys in Chromium
	scripts/test-browser

lint: setup ## Formats, clippy for server and client, types of the scripts, dependencies
	cargo fmt --all --check
	cargo clippy --all-targets -- --deny warnings
	cargo clippy -p app --features ssr --all-targets -- --deny warnings
	cargo clippy -p frontend --target wasm32-unknown-unknown -- --deny warnings
	cargo clippy -p xtask --all-targets -- --deny warnings
	scripts/check-types
	@if command -v cargo-deny >/dev/null; then cargo deny check; else echo "licences, sources and advisories were not checked: cargo install --locked cargo-deny"; fi

budgets: build ## Measures the budgets: sizes, memory, start
	cargo xtask budgets
	scripts/budgets

lighthouse: build ## Measures pages with Lighthouse, mobile preset
	scripts/lighthouse

offline: build ## Measures saved articles without a network (CORPUS=FOLDER searches them too)
	scripts/offline

relevance: build ## Measures how well search finds, beside other engines (CORPUS=FOLDER)
	scripts/measure relevance

bench: build ## Measures how fast search and pages are, beside other engines (CORPUS=FOLDER, LARGE=1 for a million articles)
	scripts/measure bench

clean: ## Removes everything that was built
	cargo clean
	rm -rf xtask/node_modules end2end/node_modules frontend/node_modules
