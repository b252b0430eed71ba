# Every target first makes the checkout ready (a second or two when nothing has changed).
# `make demo` starts Zhiyin with a demo organisation; `make test` runs every test.

PYTHON ?= python3
READY  := $(PYTHON) tools/bootstrap.py

.DEFAULT_GOAL := help
.PHONY: help setup demo up test test-pg check bench screenshots lock messages format clean

help:  ## 列出目标 / list the targets
	@sed -n 's/^\([a-z-]*\):.*## /  make \1	/p' Makefile

setup:  ## 备好一切 / make everything ready
	@$(READY) setup

demo:  ## 启动演示机构 / start with the demo organisation
	@$(READY) setup
	@exec .venv/bin/zhiyin demo

up:  ## 启动服务 / start the service
	@$(READY) setup
	@exec .venv/bin/zhiyin up

test:  ## 运行全部测试 / run every test
	@$(READY) test
	@exec .venv/bin/python tools/test.py $(ARGS)

test-pg:  ## 用系统的 PostgreSQL 运行全部测试 / run every test against a system PostgreSQL
	@$(READY) test
	@exec .venv/bin/python tools/test_pg.py $(ARGS)

check:  ## 快速检查 / the fast checks
	@$(READY) dev
	@exec .venv/bin/python tools/check.py

bench:  ## 性能测量 / measure speed
	@$(READY) setup
	@exec .venv/bin/zhiyin bench $(ARGS)

screenshots:  ## 重拍手册里的图 / take the pictures of the guides
	@$(READY) test
	@exec .venv/bin/python tools/screenshots $(ARGS)

lock:  ## 重新锁定依赖 / lock the dependencies again
	@$(READY) lock

messages:  ## 更新译文目录 / extract the texts to translate
	@$(READY) dev
	@.venv/bin/python tools/catalogues.py extract
	@.venv/bin/python tools/catalogues.py check

format:  ## 整理代码格式 / format code and templates
	@$(READY) dev
	@.venv/bin/ruff check --fix --quiet . || true
	@.venv/bin/ruff format --quiet .
	@find src -name '*.html' -path '*/templates/*' -print0 | xargs -0 -r .venv/bin/djade --target-version 5.2 || true

clean:  ## 清掉装好的一切，数据保留 / remove what setup installed, keep the data
	@rm -rf .venv frontend/node_modules src/zhiyin/kit/static/dist
