# Thin front of `python -m pipeline`; what is fresh and what is not is decided there, by content.
DATA ?= data
BUILD ?= build
PIPELINE = .venv/bin/python -m pipeline
OPTIONS = $(if $(YEAR),--year $(YEAR)) --data "$(DATA)" --build "$(BUILD)" $(if $(UNIT),--unit "$(UNIT)")

.PHONY: help setup dossiers check score explain new-year form import status why diff watch forms preview parcel verify test bench lint update-golden schemas audit sbom licences lock clean

help: ## liệt kê các lệnh
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/^([a-z-]+):.*## (.*)/make \1\t\2/' | expand -t 22

setup: ## cài môi trường Python và các gói hệ thống còn thiếu; CLUSTER=1 để chạy trên nhiều máy
	@bash pipeline/setup.sh $(if $(CLUSTER),--cluster) $(if $(filter audit sbom licences lock,$(MAKECMDGOALS)),--supply) $(if $(filter test update-golden,$(MAKECMDGOALS)),--test)

dossiers: year setup ## lập hồ sơ: make dossiers YEAR=2023 [UNIT=25] [DATA=thư mục] [BUILD=thư mục] [CLUSTER=tcp://máy:8786]
	@$(PIPELINE) build $(OPTIONS) $(if $(CLUSTER),--cluster "$(CLUSTER)")

check: year setup ## kiểm tra dữ liệu, báo mọi vấn đề: make check YEAR=2023 [UNIT=25]
	@$(PIPELINE) check $(OPTIONS)

score: year setup ## chấm điểm, xếp loại, ghi ket_qua.json: make score YEAR=2023
	@$(PIPELINE) score $(OPTIONS)

explain: year setup ## giải thích mức của một đơn vị: make explain YEAR=2023 UNIT=25
	@$(PIPELINE) explain $(OPTIONS)

new-year: year setup ## mở năm mới, tạo tệp cho các đơn vị: make new-year YEAR=2024
	@$(PIPELINE) new-year $(OPTIONS)

form: year setup ## lập biểu Excel của một đơn vị: make form YEAR=2023 UNIT=25 [FORCE=1]
	@$(PIPELINE) form $(OPTIONS) $(if $(FORCE),--force)

import: setup ## nhập biểu Excel đã điền vào tệp của đơn vị: make import FILE=25-so-noi-vu.xlsx [YES=1]
	@$(PIPELINE) import $(OPTIONS) $(if $(YES),--yes) $(if $(FILE),"$(FILE)")

status: year setup ## tình hình mọi đơn vị, ghi build/<năm>/index.html: make status YEAR=2023
	@$(PIPELINE) status $(OPTIONS)

diff: year setup ## so với phiên bản khác, nêu điểm, mức, tài liệu thay đổi: make diff YEAR=2023 UNIT=25 AGAINST=HEAD~1
	@$(PIPELINE) diff $(OPTIONS) --against "$(AGAINST)"

why: year setup ## tài liệu nào còn mới, tài liệu nào phải lập lại, vì sao: make why YEAR=2023 [UNIT=25]
	@$(PIPELINE) why $(OPTIONS)

watch: year setup ## kiểm tra và lập lại hồ sơ một đơn vị mỗi lần lưu tệp: make watch YEAR=2023 UNIT=25
	@$(PIPELINE) watch $(OPTIONS)

forms: setup ## kiểm tra biểu mẫu Word, ghi lại bản chữ bên cạnh
	@$(PIPELINE) forms

preview: setup ## lập thử một tài liệu kèm ảnh: make preview FORM=4 UNIT=25
	@$(PIPELINE) preview $(OPTIONS) --form "$(FORM)"

parcel: year setup ## gói tài liệu trình Ban Thường vụ Tỉnh ủy: make parcel YEAR=2023 [DRAFT=1 khi còn dự thảo]
	@$(PIPELINE) parcel $(OPTIONS) $(if $(DRAFT),--draft)

verify: setup ## kiểm tra tệp PDF đã ký: make verify FILE=ho-so.pdf [YEAR=2023] [TRUST=chứng thư gốc]
	@$(PIPELINE) verify $(if $(YEAR),--year $(YEAR)) --data "$(DATA)" --build "$(BUILD)" $(if $(TRUST),--trust "$(TRUST)") $(if $(FILE),"$(FILE)")

test: setup ## chạy mọi kiểm thử
	@.venv/bin/python -m pytest -q -n 2 --no-loadscope-reorder

bench: setup ## đo thời gian, bộ nhớ so với các cách chuyển PDF khác, ghi tests/bench/RESULTS.md: make bench [RUNS=3] [ONLY=floor,score: chỉ đo phần này, không ghi]
	@.venv/bin/python -m tests.bench $(if $(RUNS),--runs "$(RUNS)") $(if $(ONLY),--only "$(ONLY)",--write)

lint: setup ## kiểm tra kiểu mã, kiểu dữ liệu và chiều nhập giữa các phần
	@.venv/bin/ruff check pipeline tests
	@.venv/bin/mypy pipeline
	@.venv/bin/lint-imports

update-golden: setup ## ghi lại các mẫu đối chiếu trong tests/golden sau khi đã xem kỹ khác biệt
	@.venv/bin/python -m pytest -q tests/end_to_end --update-golden

schemas: setup ## ghi lại lược đồ cho trình soạn thảo (data/luoc_do)
	@.venv/bin/python -m pipeline.schemas

audit: setup ## tra lỗ hổng bảo mật đã công bố của mọi thư viện: 0 không có, 1 có, 3 không tra được
	@.venv/bin/python -m tests.supply.audit $(if $(SERVICE),--service "$(SERVICE)")

sbom: setup ## ghi bảng kê thành phần phần mềm (CycloneDX): build/sbom.cdx.json
	@.venv/bin/python -m tests.supply.sbom "$(BUILD)/sbom.cdx.json"

licences: setup ## ghi lại LICENCES.md: giấy phép của mọi thư viện trong các tệp .lock
	@.venv/bin/python -m tests.supply.licences

lock: setup ## ghi lại các tệp requirements*.lock theo pyproject.toml; NEWER=1 để lấy bản mới
	@.venv/bin/python -m tests.supply.locks $(if $(NEWER),--newer)

clean: ## xóa thư mục kết quả
	@rm -rf "$(BUILD)"

.PHONY: year
year:
	@if [ -z "$(YEAR)" ]; then echo 'lỗi: chưa ghi năm — viết thêm YEAR=2023' >&2; exit 2; fi
