# `make check` must pass before a change is merged. `sam build` runs the build-… targets (BuildMethod: makefile).
SHELL := /bin/sh
PUBLISH := artifacts/function
PROPERTIES ?=

.PHONY: quick check format build test lint sbom mutants publish cli pack build-RemediateFunction build-SweepFunction build-OperateFunction

# For the work on a change: no analyzers, no emulator, a tenth of the cases of properties, without the slow suites. `make check` has all.
# Compiler and tests run for seconds and on two cores: what the runtime does for programs that run long costs a fourth of that.
quick: export DOTNET_TieredPGO := 0
quick: export DOTNET_EnableWriteXorExecute := 0
quick: export DOTNET_gcConcurrent := 0
quick: export DOTNET_GCgen0size := 4000000
quick:
	@start=$$(date +%s); REMEDIATOR_SAMPLES=few dotnet test test/Remediator.Tests -c Release --nologo -p:RunAnalyzers=false --filter "Category!=Slow"; status=$$?; \
	echo "quick: $$(($$(date +%s) - start)) s"; exit $$status

check: format build test

format:
	dotnet format --verify-no-changes

build:
	dotnet build -c Release --nologo

test:
	dotnet test -c Release --nologo

lint:
	"$$(python3 tools/bootstrap.py)" tools/lint_template.py template.yaml deploy/member.yaml

# The software bill of materials (SBOM) of the function and of the command line; tests and benchmarks are left out.
sbom:
	dotnet tool restore
	for project in Remediator.Function Remediator.Cli; do \
	  dotnet CycloneDX src/$$project/$$project.csproj --recursive --output artifacts/sbom --filename $$project.cdx.json \
	    --output-format Json --set-version "$$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' Directory.Build.props)" || exit 1; \
	done

# FILES=Record or FILES=Record/ClaimRules.cs limits the run. A full run takes from forty minutes to an hour and a half.
mutants:
	tools/mutants $(FILES)

# PROPERTIES=-p:RemediatorReadyToRun=true builds without a C toolchain.
publish:
	rm -rf $(PUBLISH)
	dotnet publish src/Remediator.Function -c Release -o $(PUBLISH) --nologo $(PROPERTIES)

# The command line as one file that needs no .NET. RID=osx-arm64, RID=win-x64, … builds it for another system.
RID ?= $(shell dotnet --info | sed -n 's/^ *RID: *//p')

cli:
	rm -rf "artifacts/cli/$(RID)"
	dotnet publish src/Remediator.Cli -c Release -r $(RID) --self-contained true -o "artifacts/cli/$(RID)" --nologo -p:PackAsTool=false \
	  -p:PublishSingleFile=true -p:IncludeAllContentForSelfExtract=true -p:DebugType=none
	@cd "artifacts/cli/$(RID)" && for file in Remediator.Cli*; do mv "$$file" "remediator$${file#Remediator.Cli}"; done && ls -l

# The same as a .NET tool: dotnet tool install --global Remediator.Cli --add-source artifacts/packages
pack:
	dotnet pack src/Remediator.Cli -c Release -o artifacts/packages --nologo

# One executable, three functions. `sam build` gives each target a copy of the sources, or a read-only mount of them, so the build is made
# elsewhere, once for the same sources. Concurrent builds each make their own; the first one to finish is kept.
SOURCES := $(wildcard *.props) global.json policy.yaml playbooks src/Remediator src/Remediator.Aws src/Remediator.Function src/Remediator.JmesPath
BUILDS := $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/remediator-builds

build-RemediateFunction build-SweepFunction build-OperateFunction:
	@[ "$$(uname)" = Linux ] || { echo "A native build for Lambda is made on Linux: run sam build --use-container." >&2; exit 1; }
	@set -e; \
	digest=$$({ find $(SOURCES) -type f -not -path '*/bin/*' -not -path '*/obj/*' -print0 | LC_ALL=C sort -z | xargs -0 sha256sum; \
	    dotnet --version; uname -m; echo "$(PROPERTIES)"; } | sha256sum | cut -c 1-16); \
	built="$(BUILDS)/$$digest"; \
	if [ ! -d "$$built" ]; then \
	    mkdir -p "$(BUILDS)"; \
	    find "$(BUILDS)" -mindepth 1 -maxdepth 1 -not -name "*$$digest*" -exec rm -rf {} +; \
	    work=$$(mktemp -d "$(BUILDS)/building-$$digest-XXXXXX"); \
	    dotnet publish src/Remediator.Function -c Release --nologo --artifacts-path "$$work/artifacts" -o "$$work/publish" \
	        -p:RemediatorSources=$$digest $(PROPERTIES); \
	    mv -T "$$work/publish" "$$built" || [ -d "$$built" ]; \
	    rm -rf "$$work"; \
	fi; \
	mkdir -p "$(ARTIFACTS_DIR)"; \
	cp -R "$$built/." "$(ARTIFACTS_DIR)/"
