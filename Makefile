# SPDX-License-Identifier: Apache-2.0

PREFIX ?= /usr/local
# Locales of languages that the program does not speak would take 22 MB, symbols that no library looks up 5 MB.
release = SWITCHBOARD_LOCALES=$$(packaging/locales .build/locales.o) swift build -c release --static-swift-stdlib -Xlinker --no-export-dynamic --product switchboard
bin = $$(swift build -c release --static-swift-stdlib --show-bin-path)
program = .build/release/switchboard
place = PREFIX=$(PREFIX) DESTDIR=$(DESTDIR)
build_tests = swift build --build-tests --explicit-target-dependency-import-check error
# The tests that wait for disks, networks and other programs.
slow = ^(EndToEnd|Journal|RedisEngine|SwitchboardCommands|WebhookServer|ControlServer)Tests\.
sources = Package.swift Sources Tests Benchmarks Hardening

.DEFAULT_GOAL := help
.PHONY: help run unit test lint check format pictures bench fuzz attack faults soak sanitize install build uninstall deb smoke monitoring

help: ## list these targets
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s '	'

run: ## install missing packages, build, and open the dashboard with simulated callers
	@.ci/prepare build
	$(release)
	@$(bin)/switchboard demo

unit: ## run the quick tests, with fewer random inputs; takes a minute
	@.ci/prepare build
	$(build_tests)
	SWITCHBOARD_QUICK=1 swift test --skip-build --skip '$(slow)'

test: ## install missing packages, then run every test
	@.ci/prepare build test
	$(build_tests)
	swift test --skip-build

lint: ## check format, imports, wording, file sizes and pictures; takes seconds
	@.ci/prepare lint
	swift format lint --strict --parallel --recursive $(sources)
	@.ci/check-imports
	@.ci/check-words
	@.ci/check-rooms
	@docs/screens/make --check

check: lint test ## lint, then run every test; run it before you push

format: ## format the code the way lint expects it
	swift format --in-place --parallel --recursive $(sources)

pictures: ## draw the pictures in docs/screens from the golden screens
	@.ci/prepare lint
	@docs/screens/make

bench: ## measure throughput, each stage, the bounds and other languages; QUICK=1 for two minutes, BASELINE=PROGRAM compares
	@.ci/prepare build test bench peers
	@Benchmarks/run

fuzz: ## feed each reader of outside text with random inputs; FUZZ_SECONDS for each
	@.ci/prepare build
	@Hardening/fuzz

attack: ## attack a server on this machine, for some minutes; ONLY="shapes kills" runs a part
	@.ci/prepare build test attack
	$(release)
	@SWITCHBOARD=$(bin)/switchboard Hardening/attack

faults: ## take clock, disk, names, descriptors and memory from a server; part of attack
	@.ci/prepare build test
	$(release)
	@SWITCHBOARD=$(bin)/switchboard Hardening/faults

soak: ## all kinds of load for SOAK_MINUTES (30); memory, descriptors and counters must hold
	@.ci/prepare build test
	$(release)
	@SWITCHBOARD=$(bin)/switchboard Hardening/soak

sanitize: ## the tests under ThreadSanitizer, AddressSanitizer and UBSan; takes an hour the first time
	@.ci/prepare build test
	@Hardening/sanitize

build: ## build the program
	@.ci/prepare build
	$(release)

# Under sudo nothing is built: root's PATH has no Swift, and the user could not build again what root built.
install: $(if $(SUDO_USER),,build) ## install the program, its pages, completions and units under PREFIX (/usr/local)
	@$(place) packaging/install $(program)

uninstall: ## remove what install put under PREFIX; rules, overrides and records stay
	@$(place) packaging/uninstall

monitoring: ## check alert rules, dashboard and metrics of examples/monitoring with promtool
	@examples/monitoring/check

deb: build ## make a Debian package in .build
	@.ci/prepare deb
	@packaging/deb $(program)

smoke: ## install the package in a fresh Debian and try it; as root, after deb
	@.ci/prepare deb smoke
	@packaging/smoke $(lastword $(sort $(wildcard .build/switchboard_*.deb)))
