-- 两新工作台: the whole current schema. Files already out there come here by the steps in db/migrations/.
-- forms/*.toml owns what a person sees; this file owns how it is kept. A test holds the two together.
-- The file is encrypted (SQLCipher): no page of it is readable without the key.

-- What this file is: district, office, replica, counter, plan edition, practice mark.
CREATE TABLE meta (
  key TEXT NOT NULL PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- Who may sign in. Names and roles are only here, inside the encrypted file; `slot` names the wrapped key in keys.json.
CREATE TABLE account (
  name TEXT NOT NULL PRIMARY KEY,
  roles TEXT NOT NULL,                     -- JSON array of enter, review, issue, admin
  slot TEXT NOT NULL UNIQUE,
  created TEXT NOT NULL,
  disabled INTEGER NOT NULL DEFAULT 0 CHECK (disabled IN (0, 1)),
  last_sign_in TEXT
) STRICT;

-- Keys of this replica. They never leave the file.
CREATE TABLE secret (
  name TEXT NOT NULL PRIMARY KEY,          -- log (HMAC of the log), exchange (Ed25519, private)
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- Replicas whose packages are accepted. Accepting one is a decision of a person.
CREATE TABLE peer (
  replica TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  public_key TEXT NOT NULL,                -- hex
  accepted TEXT NOT NULL,                  -- when
  accepted_by TEXT NOT NULL
) STRICT;

-- Every record, whatever its form. What is in it stands in the form's own table below.
-- No foreign keys, no UNIQUE beyond the id, no checks across fields: two valid edits can merge into an invalid record,
-- and a child can arrive before its parent. Those rules are checks of the form.
CREATE TABLE record (
  id TEXT NOT NULL PRIMARY KEY,
  form TEXT NOT NULL,
  life TEXT NOT NULL CHECK (life IN ('alive', 'deleted', 'conflict')),
  conflicts INTEGER NOT NULL,              -- how many fields wait for a decision
  label TEXT NOT NULL,                     -- what names it
  words TEXT NOT NULL,                     -- what it is found by: values and 拼音首字母
  made TEXT NOT NULL,                      -- when it came into this file
  made_by TEXT NOT NULL,
  changed TEXT NOT NULL,
  changed_by TEXT NOT NULL,
  merged_into TEXT,                        -- where its register says it went, NULL when it stands alone
  root TEXT                                -- the record that stands for it now, NULL when it does itself
) STRICT;
CREATE INDEX record_merged ON record (root) WHERE root IS NOT NULL;
CREATE INDEX record_form ON record (form, life, changed);
CREATE INDEX record_label ON record (form, label);

-- The registers: what is current in a field. Several rows with different values: an open conflict.
CREATE TABLE register (
  record TEXT NOT NULL,
  field TEXT NOT NULL,
  replica TEXT NOT NULL,
  counter INTEGER NOT NULL CHECK (counter > 0),
  value ANY,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL
) STRICT;
CREATE INDEX register_record ON register (record, field);

-- The vectors: per record and replica the highest counter of its changes seen here.
CREATE TABLE vector (
  record TEXT NOT NULL,
  replica TEXT NOT NULL,
  counter INTEGER NOT NULL CHECK (counter > 0),
  PRIMARY KEY (record, replica)
) STRICT, WITHOUT ROWID;

-- The log: append-only, chained. One head row per action, then one row per changed field.
CREATE TABLE log (
  seq INTEGER NOT NULL PRIMARY KEY,
  action INTEGER NOT NULL,                 -- seq of the head row of the action
  kind TEXT NOT NULL,                      -- what was done: put, delete, import, decide, prepare …; field for a change
  form TEXT,
  record TEXT,
  field TEXT,
  old ANY,
  new ANY,
  who TEXT NOT NULL,
  at TEXT NOT NULL,
  why TEXT NOT NULL,
  replica TEXT,
  counter INTEGER,
  mac BLOB NOT NULL                        -- HMAC-SHA-256 over the former mac and this row
) STRICT;
CREATE INDEX log_record ON log (record, seq);
CREATE INDEX log_action ON log (action);
CREATE TRIGGER log_is_kept_update BEFORE UPDATE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;
CREATE TRIGGER log_is_kept_delete BEFORE DELETE ON log BEGIN SELECT RAISE(ABORT, 'the log is append-only'); END;

-- State of the records that an import changed, so that it can be taken back as a whole.
CREATE TABLE before_import (
  action INTEGER NOT NULL,
  record TEXT NOT NULL,
  state TEXT,                              -- JSON of register and vector; NULL: the record was not there
  after TEXT NOT NULL,                     -- the vector after the import, to see what was edited since
  PRIMARY KEY (action, record)
) STRICT, WITHOUT ROWID;

-- Unfinished entries, kept while typing and after a crash. Local.
CREATE TABLE draft (
  who TEXT NOT NULL,
  form TEXT NOT NULL,
  record TEXT NOT NULL,                    -- '' for a new record
  typed TEXT NOT NULL,                     -- JSON: field -> text as typed
  at TEXT NOT NULL,
  PRIMARY KEY (who, form, record)
) STRICT, WITHOUT ROWID;

-- Packages that went out or came in. Local.
CREATE TABLE package (
  id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('out', 'in')),
  peer TEXT NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  records INTEGER NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  replica TEXT NOT NULL DEFAULT '',        -- who sent it; of those that went out this file's own at that time
  counter INTEGER NOT NULL DEFAULT 0,      -- highest counter of this file's replica in it: what the other knows of us
  action INTEGER NOT NULL DEFAULT 0        -- of the log, of one that was read and changed something
) STRICT;

-- Workbooks handed out to units for one period: what was asked, and until when. Local.
CREATE TABLE hand_out (
  package TEXT NOT NULL PRIMARY KEY,
  unit TEXT NOT NULL,
  period TEXT NOT NULL,
  due TEXT NOT NULL,                       -- ISO date
  file TEXT NOT NULL,
  progress INTEGER NOT NULL,               -- rows of progress to fill
  measures INTEGER NOT NULL,               -- figures to fill
  at TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;

-- Workbooks that units gave back. Late is who came after the due date, by the day it was received. Local.
CREATE TABLE returned (
  package TEXT NOT NULL,
  unit TEXT NOT NULL,
  period TEXT NOT NULL,
  received TEXT NOT NULL,                  -- ISO date, told by the clerk, or the day it was read
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  taken INTEGER NOT NULL,                  -- records added or changed
  refused INTEGER NOT NULL,                -- rows sent back
  action INTEGER,                          -- the entry of the log that wrote it, NULL when it held nothing new
  at TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;

-- Submissions: prepared, reviewed, issued, signed. Replaced never, only moved on.
CREATE TABLE submission (
  id TEXT NOT NULL PRIMARY KEY,
  form TEXT NOT NULL,                      -- printed form
  record TEXT,                             -- the one record it is about, if any
  unit TEXT NOT NULL,                      -- the unit whose share it is, or ''
  period TEXT NOT NULL,
  sequence INTEGER NOT NULL,               -- 1, 2 … per printed form, record, unit and period
  state TEXT NOT NULL CHECK (state IN ('prepared', 'reviewed', 'issued', 'signed', 'delivered', 'accepted', 'returned')),
  data BLOB NOT NULL,                      -- canonical JSON, frozen
  data_digest TEXT NOT NULL,
  previous TEXT,                           -- data digest of the submission before of the same form, record and unit
  position INTEGER NOT NULL,               -- last row of the log whose changes are in the data
  findings TEXT NOT NULL,                  -- JSON
  prepared TEXT NOT NULL,
  prepared_by TEXT NOT NULL,
  reviewed TEXT,
  reviewed_by TEXT,
  issued TEXT,
  issued_by TEXT,
  document_number TEXT,
  issuance BLOB,                           -- canonical JSON of the second digest
  issue_digest TEXT,
  seal BLOB,                               -- PNG of the seal picture in the stamp, its digest is in the issuance
  workbook BLOB,
  signed TEXT,
  signed_by TEXT,
  pdf BLOB,
  sha256 TEXT
) STRICT;

-- Attached files, by the SHA-256 of their bytes. The bytes are local; the digests travel.
CREATE TABLE attachment (
  digest TEXT NOT NULL PRIMARY KEY,
  name TEXT NOT NULL,
  bytes BLOB NOT NULL,
  at TEXT NOT NULL
) STRICT;

-- Editions of the plan read here after the one that came with the program. Local: offices of one district may be at
-- different editions and still merge, because records hold stable keys. `meta` edition is the digest of the one in force.
CREATE TABLE plan_edition (
  digest TEXT NOT NULL PRIMARY KEY,        -- of the plan, as set-up stamps carry it
  previous TEXT NOT NULL,                  -- digest of the edition that was in force before
  plan TEXT NOT NULL,                      -- JSON, as the resource of the program
  file TEXT NOT NULL,                      -- name of the file that was read
  action INTEGER NOT NULL,                 -- of the log: what it changed in records
  at TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;

-- Per person: views, column widths, theme, text size. Local.
CREATE TABLE setting (
  who TEXT NOT NULL,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (who, name)
) STRICT, WITHOUT ROWID;

-- What the checker trusts: the city's root certificates, certificate registers and revocation lists. Nothing is ever
-- taken out: a certificate that stood once on a list stays revoked, and a number that was seen is never gone below.
CREATE TABLE trust (
  sha256 TEXT NOT NULL PRIMARY KEY,        -- of the bytes
  kind TEXT NOT NULL CHECK (kind IN ('root', 'register', 'crl')),
  practice INTEGER NOT NULL CHECK (practice IN (0, 1)),
  root TEXT NOT NULL,                      -- SHA-256 of the root certificate it comes from, or is
  number INTEGER NOT NULL,                 -- of a register or list; 0 for a root
  name TEXT NOT NULL,                      -- what a person calls it
  bytes BLOB NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;

-- What left for the city: the signed file on a stick, or for a district without certificate the sealed paper's scan.
CREATE TABLE delivery (
  submission TEXT NOT NULL,
  way TEXT NOT NULL CHECK (way IN ('signed', 'scan')),
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,                    -- of the file; a scan is kept as an attachment under it
  at TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;

-- The city's answers as read in the district, with the signed message itself.
CREATE TABLE receipt (
  sha256 TEXT NOT NULL PRIMARY KEY,        -- of the message
  submission TEXT NOT NULL,
  verdict TEXT NOT NULL CHECK (verdict IN ('accepted', 'returned')),
  reasons TEXT NOT NULL,                   -- JSON array
  office TEXT NOT NULL,
  signer TEXT NOT NULL,                    -- name in the certificate
  answered TEXT NOT NULL,                  -- the city's moment
  read TEXT NOT NULL,
  who TEXT NOT NULL,
  message BLOB NOT NULL
) STRICT;

-- In the city: the data of valid submissions of the districts, and what was answered. Only the JSON is taken.
CREATE TABLE collected (
  data_digest TEXT NOT NULL PRIMARY KEY,
  district TEXT NOT NULL,
  district_name TEXT NOT NULL,
  form TEXT NOT NULL,                      -- printed form
  about TEXT NOT NULL,                     -- the one record it is about, or ''
  unit TEXT NOT NULL,                      -- the unit whose share it is, or ''
  period TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  previous TEXT,                           -- data digest of the submission before
  state TEXT NOT NULL CHECK (state IN ('current', 'superseded')),
  carried BLOB NOT NULL,                   -- canonical JSON as the file carried it: data and issuance
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,
  signer TEXT NOT NULL,
  office TEXT NOT NULL,
  signed TEXT NOT NULL,
  pages TEXT NOT NULL,                     -- equal, not_compared
  collected TEXT NOT NULL,
  collected_by TEXT NOT NULL,
  verdict TEXT CHECK (verdict IN ('accepted', 'returned')),
  reasons TEXT,                            -- JSON array
  answered TEXT,
  answered_by TEXT
) STRICT;

-- In the city: sealed papers that say which data they show. They have no data here, but they are answered.
CREATE TABLE paper (
  data_digest TEXT NOT NULL PRIMARY KEY,   -- as printed at the foot, or read from the QR code
  district TEXT NOT NULL,
  district_name TEXT NOT NULL,
  form TEXT NOT NULL,
  period TEXT NOT NULL,
  sequence INTEGER NOT NULL,
  file TEXT NOT NULL,
  sha256 TEXT NOT NULL,                    -- of the scan, kept as an attachment under it
  at TEXT NOT NULL,
  who TEXT NOT NULL,
  verdict TEXT CHECK (verdict IN ('accepted', 'returned')),
  reasons TEXT,                            -- JSON array
  answered TEXT,
  answered_by TEXT
) STRICT;

-- In the city: every file that was checked, and why it was not taken. What it says of itself is only what it says.
CREATE TABLE checked_file (
  sha256 TEXT NOT NULL,
  file TEXT NOT NULL,
  verdict TEXT NOT NULL,
  outcome TEXT NOT NULL,
  reasons TEXT NOT NULL,                   -- JSON array
  district TEXT NOT NULL,
  form TEXT NOT NULL,
  period TEXT NOT NULL,
  at TEXT NOT NULL,
  who TEXT NOT NULL
) STRICT;

-- 任务分工（forms/assignment.toml）
CREATE TABLE "assignment" (
  id TEXT NOT NULL PRIMARY KEY,
  "item" TEXT,                    -- 任务，方案条目
  "applicable" TEXT,              -- 是否适用
  "why_not" TEXT,                 -- 不适用原因
  "lead" TEXT,                    -- 牵头单位，名称 的 JSON 数组
  "responsible" TEXT,             -- 责任单位，名称 的 JSON 数组
  "contact" TEXT,                 -- 联系人
  "phone" TEXT,                   -- 联系电话
  "cadence" TEXT,                 -- 完成频次
  "due" TEXT,                     -- 完成时限，YYYY-MM-DD
  "node" TEXT,                    -- 近期节点
  "node_due" TEXT,                -- 节点时限，YYYY-MM-DD
  "target" TEXT,                  -- 区级目标
  "measures" TEXT,                -- 工作措施
  "note" TEXT                     -- 备注
) STRICT;

-- 进展填报（forms/progress.toml）
CREATE TABLE "progress" (
  id TEXT NOT NULL PRIMARY KEY,
  "item" TEXT,                    -- 任务，方案条目
  "unit" TEXT,                    -- 填报单位
  "kind" TEXT,                    -- 类别
  "period" TEXT,                  -- 填报时间，期间
  "state" TEXT,                   -- 状态
  "done" TEXT,                    -- 进展情况
  "problem" TEXT,                 -- 存在问题
  "next" TEXT,                    -- 下步打算
  "reporter" TEXT,                -- 填报人
  "phone" TEXT,                   -- 联系电话
  "evidence" TEXT                 -- 佐证附件，[校验码, 文件名, 字节] 的 JSON 数组
) STRICT;

-- 指标（forms/indicator.toml）
CREATE TABLE "indicator" (
  id TEXT NOT NULL PRIMARY KEY,
  "name" TEXT,                    -- 指标名称
  "item" TEXT,                    -- 对应任务，方案条目
  "kind" TEXT,                    -- 类型
  "unit" TEXT,                    -- 计量单位
  "frequency" TEXT,               -- 频次
  "caliber" TEXT,                 -- 口径
  "source" TEXT,                  -- 数据来源
  "available_day" INTEGER,        -- 每期发布日
  "higher_is_better" INTEGER,     -- 越高越好，0、1
  "counting" TEXT,                -- 填报方式
  "base_year" TEXT,               -- 基年，期间
  "derived" TEXT,                 -- 由记录计算
  "sector" TEXT                   -- 计算范围
) STRICT;

-- 目标分解（forms/target.toml）
CREATE TABLE "target" (
  id TEXT NOT NULL PRIMARY KEY,
  "indicator" TEXT,               -- 指标，记录 id
  "year" TEXT,                    -- 年份，期间
  "unit" TEXT,                    -- 单位
  "value" TEXT,                   -- 目标值，十进制文字
  "operator" TEXT,                -- 要求
  "wording" TEXT,                 -- 原文用词
  "note" TEXT                     -- 备注
) STRICT;

-- 指标完成（forms/measure.toml）
CREATE TABLE "measure" (
  id TEXT NOT NULL PRIMARY KEY,
  "indicator" TEXT,               -- 指标，记录 id
  "period" TEXT,                  -- 填报时间，期间
  "unit" TEXT,                    -- 单位
  "value" TEXT,                   -- 完成值，十进制文字
  "reference" TEXT,               -- 对照值，十进制文字
  "judged" TEXT,                  -- 定性判断
  "said" TEXT,                    -- 定性情况
  "source" TEXT,                  -- 来源
  "note" TEXT                     -- 备注
) STRICT;

-- 难点问题（forms/problem.toml）
CREATE TABLE "problem" (
  id TEXT NOT NULL PRIMARY KEY,
  "title" TEXT,                   -- 问题
  "item" TEXT,                    -- 对应任务，方案条目
  "project" TEXT,                 -- 对应项目，记录 id
  "unit" TEXT,                    -- 提出单位
  "level" TEXT,                   -- 协调层级
  "found" TEXT,                   -- 提出日期，YYYY-MM-DD
  "description" TEXT,             -- 问题描述
  "request" TEXT,                 -- 建议
  "handler" TEXT,                 -- 承办单位
  "due" TEXT,                     -- 办理时限，YYYY-MM-DD
  "reply" TEXT,                   -- 办理情况
  "state" TEXT,                   -- 状态
  "closed" TEXT,                  -- 销号日期，YYYY-MM-DD
  "evidence" TEXT,                -- 销号依据
  "checker" TEXT                  -- 核销人
) STRICT;

-- 政策（forms/policy.toml）
CREATE TABLE "policy" (
  id TEXT NOT NULL PRIMARY KEY,
  "number" INTEGER,               -- 序号
  "title" TEXT,                   -- 名称
  "doc_no" TEXT,                  -- 文号
  "level" TEXT,                   -- 层级
  "from" TEXT,                    -- 施行日期，YYYY-MM-DD
  "to" TEXT,                      -- 截止日期，YYYY-MM-DD
  "status" TEXT,                  -- 状态
  "replaces" TEXT,                -- 替代，记录 id
  "text" TEXT,                    -- 政策内容
  "units" TEXT,                   -- 责任单位，名称 的 JSON 数组
  "rule" TEXT,                    -- 测算规则
  "file" TEXT                     -- 文件，[校验码, 文件名, 字节] 的 JSON 数组
) STRICT;

-- 企业（forms/enterprise.toml）
CREATE TABLE "enterprise" (
  id TEXT NOT NULL PRIMARY KEY,
  "name" TEXT,                    -- 单位名称
  "uscc" TEXT,                    -- 统一社会信用代码
  "kind" TEXT,                    -- 单位性质
  "legal_person" TEXT,            -- 法定代表人
  "township" TEXT,                -- 街道/镇
  "address" TEXT,                 -- 地址
  "industry" TEXT,                -- 所属行业
  "contact" TEXT,                 -- 联系人
  "phone" TEXT,                   -- 联系电话
  "above_scale" INTEGER,          -- 规上，0、1
  "taxpayer" TEXT,                -- 纳税人类型
  "platform_registered" INTEGER,  -- 商务部统一平台备案，0、1
  "direct_outlets" INTEGER,       -- 直营网点数
  "leading" INTEGER,              -- 龙头企业，0、1
  "credit_checked" TEXT,          -- 信用核查
  "note" TEXT                     -- 备注
) STRICT;

-- 项目（forms/project.toml）
CREATE TABLE "project" (
  id TEXT NOT NULL PRIMARY KEY,
  "name" TEXT,                    -- 项目名称
  "enterprise" TEXT,              -- 项目单位，记录 id
  "project_code" TEXT,            -- 投资项目统一代码
  "library_code" TEXT,            -- 国家重大建设项目库编码
  "kind" TEXT,                    -- 项目类别
  "sector" TEXT,                  -- 所属领域
  "fund_field" TEXT,              -- 资金支持领域
  "item" TEXT,                    -- 对应任务，方案条目
  "authority" TEXT,               -- 行业主管部门
  "township" TEXT,                -- 街道/镇
  "address" TEXT,                 -- 建设地址
  "content" TEXT,                 -- 建设内容及规模
  "upgrade_kind" TEXT,            -- 改造类型
  "equipment_count" INTEGER,      -- 更新台套数
  "total_investment" INTEGER,     -- 总投资，分
  "equipment_investment" INTEGER, -- 设备投资，分
  "software" INTEGER,             -- 其中软件，分
  "equipment_paid" INTEGER,       -- 实际完成设备投资，分
  "fund_central" INTEGER,         -- 中央预算内，分
  "fund_bond" INTEGER,            -- 超长期特别国债，分
  "fund_special" INTEGER,         -- 地方政府专项债券，分
  "fund_province" INTEGER,        -- 省级资金，分
  "fund_city" INTEGER,            -- 市级资金，分
  "fund_district" INTEGER,        -- 区级资金，分
  "fund_own" INTEGER,             -- 自筹，分
  "fund_loan" INTEGER,            -- 贷款，分
  "fund_other" INTEGER,           -- 其他资金，分
  "loan_bank" TEXT,               -- 贷款银行
  "loan_years" TEXT,              -- 贷款期限，十进制文字
  "loan_rate" TEXT,               -- 年利率，十进制文字
  "start" TEXT,                   -- 开工年月，YYYY-MM
  "finish" TEXT,                  -- 竣工年月，YYYY-MM
  "stage" TEXT,                   -- 项目阶段
  "entered_on" TEXT,              -- 入库日期，YYYY-MM-DD
  "exit_on" TEXT,                 -- 退出日期，YYYY-MM-DD
  "exit_why" TEXT,                -- 退出原因
  "energy_saved" TEXT,            -- 节能量，十进制文字
  "co2_cut" TEXT,                 -- 二氧化碳减排量，十进制文字
  "output_added" INTEGER,         -- 新增产值，分
  "tax_added" INTEGER,            -- 新增税收，分
  "approval" TEXT,                -- 立项方式
  "eia" TEXT,                     -- 环评
  "energy_review" TEXT,           -- 节能审查
  "responsible" TEXT,             -- 负责人
  "phone" TEXT,                   -- 联系电话
  "leader" TEXT,                  -- 分管领导
  "note" TEXT,                    -- 备注
  "photos" TEXT                   -- 现场照片，[校验码, 文件名, 字节] 的 JSON 数组
) STRICT;

-- 项目月调度（forms/project_month.toml）
CREATE TABLE "project_month" (
  id TEXT NOT NULL PRIMARY KEY,
  "project" TEXT,                 -- 项目，记录 id
  "period" TEXT,                  -- 填报时间，期间
  "plan_year" INTEGER,            -- 年度计划投资，分
  "month" INTEGER,                -- 本月完成，分
  "ytd" INTEGER,                  -- 本年累计，分
  "total" INTEGER,                -- 开工以来累计，分
  "arrived" INTEGER,              -- 资金到位，分
  "paid" INTEGER,                 -- 资金支付，分
  "progress" TEXT,                -- 形象进度
  "problem" TEXT,                 -- 存在问题
  "next" TEXT                     -- 下步打算
) STRICT;

-- 设备明细（forms/equipment.toml）
CREATE TABLE "equipment" (
  id TEXT NOT NULL PRIMARY KEY,
  "project" TEXT,                 -- 项目，记录 id
  "side" TEXT,                    -- 类别
  "name" TEXT,                    -- 设备名称
  "model" TEXT,                   -- 型号
  "quantity" INTEGER,             -- 数量
  "measure_unit" TEXT,            -- 计量单位
  "year" TEXT,                    -- 投用年份，期间
  "energy_level" TEXT,            -- 能效水平
  "power" TEXT,                   -- 功率，十进制文字
  "price" INTEGER,                -- 购置金额，分
  "disposal" TEXT,                -- 处置去向
  "handed_to" TEXT,               -- 交给单位，记录 id
  "note" TEXT                     -- 备注
) STRICT;

-- 申报批次（forms/batch.toml）
CREATE TABLE "batch" (
  id TEXT NOT NULL PRIMARY KEY,
  "name" TEXT,                    -- 批次名称
  "fund" TEXT,                    -- 资金类别
  "deadline" TEXT,                -- 申报截止，YYYY-MM-DD
  "rules" TEXT,                   -- 申报条件
  "checks" TEXT,                  -- 逐项核对，每行一条
  "projects" TEXT,                -- 申报项目（按次序），记录 id 的 JSON 数组
  "filed_on" TEXT,                -- 申报日期，YYYY-MM-DD
  "result" TEXT,                  -- 结果
  "doc_no" TEXT,                  -- 下达文号
  "amount" INTEGER                -- 下达金额，分
) STRICT;

-- 回收网点（forms/site.toml）
CREATE TABLE "site" (
  id TEXT NOT NULL PRIMARY KEY,
  "name" TEXT,                    -- 网点名称
  "kind" TEXT,                    -- 网点类型
  "operator" TEXT,                -- 经营主体，记录 id
  "direct" INTEGER,               -- 直营，0、1
  "township" TEXT,                -- 街道/镇
  "address" TEXT,                 -- 地址
  "state" TEXT,                   -- 状态
  "opened" TEXT,                  -- 建成日期，YYYY-MM-DD
  "closed_on" TEXT,               -- 停用日期，YYYY-MM-DD
  "contact" TEXT,                 -- 联系人
  "phone" TEXT,                   -- 联系电话
  "area" TEXT,                    -- 面积，十进制文字
  "communities" INTEGER,          -- 服务小区数
  "service_months" INTEGER,       -- 已服务月数
  "trucks" INTEGER,               -- 厢式货车数
  "investment" INTEGER,           -- 投入，分
  "capacity" TEXT,                -- 年处理能力，十进制文字
  "goods" TEXT,                   -- 回收品种，代码的 JSON 数组
  "filing_no" TEXT,               -- 备案号
  "compliant" INTEGER,            -- 符合济商务字〔2020〕63号，0、1
  "provincial" INTEGER,           -- 省级认定，0、1
  "provincial_on" TEXT,           -- 省级认定日期，YYYY-MM-DD
  "modern" INTEGER,               -- 现代化网点，0、1
  "modern_on" TEXT,               -- 现代化认定日期，YYYY-MM-DD
  "modern_by" TEXT,               -- 现代化认定单位及文号
  "intelligent" INTEGER,          -- 绿色数智化，0、1
  "intelligent_on" TEXT,          -- 数智化认定日期，YYYY-MM-DD
  "intelligent_by" TEXT,          -- 数智化认定单位及文号
  "lon" TEXT,                     -- 经度，十进制文字
  "lat" TEXT,                     -- 纬度，十进制文字
  "note" TEXT                     -- 备注
) STRICT;

-- 回收量（forms/site_month.toml）
CREATE TABLE "site_month" (
  id TEXT NOT NULL PRIMARY KEY,
  "site" TEXT,                    -- 回收网点，记录 id
  "period" TEXT,                  -- 填报时间，期间
  "goods" TEXT,                   -- 品种
  "tons" TEXT,                    -- 重量，十进制文字
  "units" INTEGER                 -- 数量
) STRICT;

-- 补贴申报（forms/claim.toml）
CREATE TABLE "claim" (
  id TEXT NOT NULL PRIMARY KEY,
  "policy" TEXT,                  -- 政策，记录 id
  "applicant_kind" TEXT,          -- 申报对象
  "applicant" TEXT,               -- 申报单位
  "enterprise" TEXT,              -- 企业，记录 id
  "projects" TEXT,                -- 涉及项目，记录 id 的 JSON 数组
  "sites" TEXT,                   -- 涉及网点，记录 id 的 JSON 数组
  "persons" INTEGER,              -- 人数
  "period" TEXT,                  -- 申报期，期间
  "computed" INTEGER,             -- 测算金额，分
  "claimed" INTEGER,              -- 申报金额，分
  "explanation" TEXT,             -- 测算说明
  "state" TEXT,                   -- 状态
  "approved_amount" INTEGER,      -- 核定金额，分
  "public_from" TEXT,             -- 公示开始，YYYY-MM-DD
  "public_to" TEXT,               -- 公示结束，YYYY-MM-DD
  "objection" TEXT,               -- 异议情况
  "pay_doc" TEXT,                 -- 拨付文号
  "paid_amount" INTEGER,          -- 拨付金额，分
  "paid_on" TEXT,                 -- 拨付日期，YYYY-MM-DD
  "note" TEXT                     -- 备注
) STRICT;

-- 单位对照表（forms/unit.toml）
CREATE TABLE "unit" (
  id TEXT NOT NULL PRIMARY KEY,
  "published" TEXT,               -- 方案中的名称
  "name" TEXT,                    -- 本区单位
  "short" TEXT,                   -- 简称
  "city_only" INTEGER,            -- 市级事权，0、1
  "contact" TEXT,                 -- 联系人
  "phone" TEXT,                   -- 联系电话
  "township" INTEGER              -- 街道/镇，0、1
) STRICT;

-- 街道和镇（forms/township.toml）
CREATE TABLE "township" (
  id TEXT NOT NULL PRIMARY KEY,
  "code" TEXT,                    -- 代码
  "name" TEXT,                    -- 名称
  "row" INTEGER,                  -- 图中第几行
  "column" INTEGER,               -- 图中第几列
  "target" INTEGER                -- 网点目标
) STRICT;

-- 贷款市场报价利率（forms/lpr.toml）
CREATE TABLE "lpr" (
  id TEXT NOT NULL PRIMARY KEY,
  "published" TEXT,               -- 公布日期，YYYY-MM-DD
  "one_year" TEXT,                -- 一年期，十进制文字
  "five_year" TEXT                -- 五年期以上，十进制文字
) STRICT;

-- 关账（forms/period_closing.toml）
CREATE TABLE "period_closing" (
  id TEXT NOT NULL PRIMARY KEY,
  "period" TEXT,                  -- 期间，期间
  "closed" INTEGER,               -- 已关账，0、1
  "why" TEXT                      -- 说明
) STRICT;

-- What a new entry is compared with, so that nothing is entered twice.
CREATE INDEX enterprise_uscc ON "enterprise" ("uscc");
CREATE INDEX enterprise_name ON "enterprise" ("name");
CREATE INDEX project_name ON "project" ("name");
CREATE INDEX site_name ON "site" ("name");
-- Children of a record.
CREATE INDEX project_month_project ON "project_month" ("project");
CREATE INDEX equipment_project ON "equipment" ("project");
CREATE INDEX site_month_site ON "site_month" ("site");

PRAGMA application_id = 1380217675; -- RDsK
PRAGMA user_version = 1;
