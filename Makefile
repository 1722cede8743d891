# SPDX-License-Identifier: Apache-2.0

PREFIX ?= /usr/local
release = swift build -c release --static-swift-stdlib --product switchboard
bin = $$(swift build -c release --static-swift-stdlib --show-bin-path)

.DEFAULT_GOAL := help
.PHONY: help run test check format bench install

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | column -t -s '	'

run: ## install what is missing, build, and open the dashboard with simulated callers
	@.ci/prepare build
	$(release)
	@$(bin)/switchboard demo

test: ## install what is missing, then run every test
	@.ci/prepare build test
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build

check: ## format, map of modules, then every test
	swift format lint --strict --parallel --recursive Package.swift Sources Tests Benchmarks
	@.ci/check-imports
	@$(MAKE) test

format: ## write the code the way check wants it
	swift format --in-place --parallel --recursive Package.swift Sources Tests Benchmarks

bench: ## requests/s and CPU beside a bare SwiftNIO server, the stages of the path, many rules
	@.ci/prepare build bench
	@Benchmarks/run

install: ## put the program and its themes under PREFIX
	@.ci/prepare build
	$(release)
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/switchboard/themes
	install -m 755 $(bin)/switchboard $(DESTDIR)$(PREFIX)/bin/
	install -m 644 themes/*.yaml $(DESTDIR)$(PREFIX)/share/switchboard/themes/
