# `make check` is what must hold before a change goes in. The build-… targets are what `sam build` runs (BuildMethod: makefile).
SHELL := /bin/sh
PUBLISH := artifacts/function
PROPERTIES ?=

.PHONY: check format build test lint publish build-RemediateFunction build-SweepFunction build-OperateFunction

check: format build test

format:
	dotnet format --verify-no-changes

build:
	dotnet build -c Release --nologo

test:
	dotnet test -c Release --nologo

lint:
	"$$(python3 tools/bootstrap.py)" tools/lint_template.py template.yaml deploy/member-role.yaml

# PROPERTIES=-p:RemediatorReadyToRun=true builds without a C toolchain.
publish:
	rm -rf $(PUBLISH)
	dotnet publish src/Remediator.Function -c Release -o $(PUBLISH) --nologo $(PROPERTIES)

# One executable, three functions: the publish of the second and third finds everything up to date.
build-RemediateFunction build-SweepFunction build-OperateFunction: publish
	@[ "$$(uname)" = Linux ] || { echo "A native build for Lambda is made on Linux: run sam build --use-container." >&2; exit 1; }
	mkdir -p "$(ARTIFACTS_DIR)"
	cp -R $(PUBLISH)/. "$(ARTIFACTS_DIR)/"
