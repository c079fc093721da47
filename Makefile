# 两新工作台. `make run` opens it; everything else is for those who change it.
SHELL := /bin/bash
PY := .venv/bin/python
PYTEST := QT_QPA_PLATFORM=offscreen $(PY) -m pytest -n 2 --dist loadgroup

.PHONY: help run test test-all check check-style check-format check-types check-imports dev-tools format lock bench fonts \
	bundle clean

help:
	@echo "make run       打开练习工作台（没有屏幕时把演示写到 build/tour）"
	@echo "make test      运行测试；make test-all 连同较慢的测试"
	@echo "make check     检查代码；make format 整理代码"
	@echo "make bench     测速度和内存；make lock 重新锁定依赖"
	@echo "make bundle    打包到 dist/renewal-desk 并试运行"

run:
	@tools/setup.sh run
	@tools/run.sh

test:
	@tools/setup.sh test
	$(PYTEST) -m "not slow"

test-all:
	@tools/setup.sh test
	$(PYTEST)

check: check-style check-format check-types check-imports

check-style check-format check-types check-imports: | dev-tools

dev-tools:
	@tools/setup.sh dev

check-style:
	$(PY) -m ruff check .

check-format:
	$(PY) -m ruff format --check .

check-types:
	$(PY) -m mypy

check-imports:
	@# Not .venv/bin/lint-imports: its first line breaks when the folder is moved.
	$(PY) -c "from importlinter.cli import lint_imports_command; lint_imports_command()"

format:
	@tools/setup.sh dev
	$(PY) -m ruff check --fix .
	$(PY) -m ruff format .

fonts:
	@tools/setup.sh run

lock:
	@tools/setup.sh dev
	@tools/lock.sh

bench:
	@tools/setup.sh test
	QT_QPA_PLATFORM=offscreen $(PY) -m benchmarks

bundle:
	@tools/setup.sh bundle
	@tools/bundle.sh

clean:
	rm -rf build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
