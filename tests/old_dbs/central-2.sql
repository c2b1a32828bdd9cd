-- A small central store as schema 2 kept it; its rules are left out, for an upgrade writes them anew. No reporter is in it. Its key lies beside it.
BEGIN TRANSACTION;
CREATE TABLE access_log (
	id INTEGER NOT NULL, 
	actor VARCHAR NOT NULL, 
	what VARCHAR NOT NULL, 
	about VARCHAR NOT NULL, 
	reason TEXT NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "access_log" VALUES(1,'','operator.add','li','OPERATOR','2026-11-26T19:04:23.401224Z');
INSERT INTO "access_log" VALUES(2,'','operator.add','mei','OPERATOR','2026-11-26T19:04:23.450519Z');
INSERT INTO "access_log" VALUES(3,'','operator.add','chen','SHIFT_LEADER','2026-11-26T19:04:23.475052Z');
INSERT INTO "access_log" VALUES(4,'','operator.add','zhou','DIRECTOR','2026-11-26T19:04:23.494508Z');
INSERT INTO "access_log" VALUES(5,'','operator.add','hu','GRID_OFFICER','2026-11-26T19:04:23.526445Z');
INSERT INTO "access_log" VALUES(6,'','operator.add','admin','ADMINISTRATOR','2026-11-26T19:04:23.542514Z');
INSERT INTO "access_log" VALUES(7,'','operator.add','ann','UNIT_HANDLER','2026-11-26T19:04:23.562373Z');
INSERT INTO "access_log" VALUES(8,'','operator.add','bo','UNIT_HANDLER','2026-11-26T19:04:23.575739Z');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0002');
CREATE TABLE attachment (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	made_by VARCHAR NOT NULL, 
	made_at VARCHAR(27) NOT NULL, 
	stage VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	size INTEGER NOT NULL, 
	task_id VARCHAR, 
	PRIMARY KEY (id)
);
CREATE TABLE batch (
	id VARCHAR NOT NULL, 
	opened_by VARCHAR NOT NULL, 
	is_historical BOOLEAN NOT NULL, 
	opened_at VARCHAR(27) NOT NULL, 
	closed_at VARCHAR(27), 
	PRIMARY KEY (id)
);
CREATE TABLE case_file (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	number VARCHAR NOT NULL, 
	title VARCHAR NOT NULL, 
	nature VARCHAR NOT NULL, 
	grade VARCHAR NOT NULL, 
	channel VARCHAR NOT NULL, 
	address VARCHAR NOT NULL, 
	reporter_masked VARCHAR NOT NULL, 
	phone_masked VARCHAR NOT NULL, 
	edition VARCHAR NOT NULL, 
	registered_by VARCHAR NOT NULL, 
	rework_reason VARCHAR NOT NULL, 
	stage VARCHAR NOT NULL, 
	units VARCHAR NOT NULL, 
	narrative TEXT NOT NULL, 
	refusal_text TEXT NOT NULL, 
	closure_text TEXT NOT NULL, 
	is_anonymous BOOLEAN NOT NULL, 
	keep_secret BOOLEAN NOT NULL, 
	safety_hazard BOOLEAN NOT NULL, 
	by_analogy BOOLEAN NOT NULL, 
	historical BOOLEAN NOT NULL, 
	due_is_provisional BOOLEAN NOT NULL, 
	registered_at VARCHAR(27) NOT NULL, 
	rework_count INTEGER NOT NULL, 
	return_count INTEGER NOT NULL, 
	category VARCHAR, 
	street VARCHAR, 
	community VARCHAR, 
	reporter_key VARCHAR, 
	batch VARCHAR, 
	source_ref VARCHAR, 
	supplements VARCHAR, 
	refusal_reason VARCHAR, 
	lead_unit VARCHAR, 
	due_clock VARCHAR, 
	filed_at VARCHAR(27), 
	refused_at VARCHAR(27), 
	dispatched_at VARCHAR(27), 
	closure_asked_at VARCHAR(27), 
	rework_at VARCHAR(27), 
	closed_at VARCHAR(27), 
	due_at VARCHAR(27), 
	PRIMARY KEY (id)
);
INSERT INTO "case_file" VALUES('a7a51fda-5af3-5879-972c-d6715fbc33ac','440310','REFUSED','00000000-0000-4000-8000-000000000004',4,'SZPS202503030132000A11','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','mei','','ENDED','','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','不属实','',1,0,0,0,0,0,'2025-03-03T01:32:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,'NOT_TRUE',NULL,NULL,NULL,'2025-03-03T02:06:00.000000Z',NULL,NULL,NULL,NULL,NULL);
INSERT INTO "case_file" VALUES('36fc6ab7-0470-559b-978c-67fd9db608de','440310','REGISTERED','00000000-0000-4000-8000-000000000005',5,'SZPS202503030208000A15','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','mei','','FILING','','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-03T02:08:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,'a7a51fda-5af3-5879-972c-d6715fbc33ac',NULL,NULL,'K1',NULL,NULL,NULL,NULL,NULL,NULL,'2025-03-03T02:38:00.000000Z');
INSERT INTO "case_file" VALUES('03106506-1d25-5985-869d-079ad755a08c','440310','REGISTERED','00000000-0000-4000-8000-000000000008',8,'SZPS202503030210000A16','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','li','','FILING','','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-03T02:10:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,NULL,'K1',NULL,NULL,NULL,NULL,NULL,NULL,'2025-03-03T02:40:00.000000Z');
INSERT INTO "case_file" VALUES('b9a39f9f-4975-53d5-b98a-58c7f6490e37','440310','DISPATCHED','00000000-0000-4000-8000-00000000000c',12,'SZPS202503040112000A19','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','SUGGESTION','A','12345','幸福里12号楼门口','','','PS-4@1','li','','DISPOSAL','|HOUSING|','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-04T01:12:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,'HOUSING','K5','2025-03-04T01:14:00.000000Z',NULL,'2025-03-04T01:16:00.000000Z',NULL,NULL,NULL,'2025-03-07T15:59:59.000000Z');
INSERT INTO "case_file" VALUES('c92db4b3-9c98-58fe-bc47-665d7d4fdad4','440310','REWORK','00000000-0000-4000-8000-000000000013',19,'SZPS202503040612000A13','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','li','请补充','DISPOSAL','|HOUSING|','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-04T06:12:00.000000Z',1,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,'HOUSING','K5','2025-03-04T06:16:00.000000Z',NULL,'2025-03-04T06:18:00.000000Z','2025-03-18T06:20:00.000000Z','2025-03-18T06:22:00.000000Z',NULL,'2025-03-19T15:59:59.000000Z');
INSERT INTO "case_file" VALUES('4aae91ed-9a65-5d3e-963a-b48142578e6e','440310','DISPATCHED','00000000-0000-4000-8000-000000000017',23,'SZPS202612300202000A10','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','li','','DISPOSAL','|HOUSING|','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,1,0,1,'2026-12-30T02:02:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,'HOUSING','K5','2026-12-30T02:04:00.000000Z',NULL,'2026-12-30T02:06:00.000000Z',NULL,NULL,NULL,'2027-01-06T15:59:59.000000Z');
CREATE TABLE command (
	cmd_id VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	feed VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	answer TEXT NOT NULL, 
	PRIMARY KEY (cmd_id)
);
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000001','mei','278b29ac998c9d5157fad67b40850be45beb4a1d63fce8b4a1aa1e30a469e529','440310',1,'{"status": "done", "seq": 1, "facts": {"hash": "d20494ef9d5f420923db07d829fa122596233d24ccf2b0f4dc418ca31595f6da"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000002','mei','ecf692d3a30b0cca02dfba78dc7741911a3dbd47e5122820851fc621656c44e6','440310',2,'{"status": "done", "seq": 2, "facts": {"hash": "d7f3912257b6704fa4b9164c9147bc20c5c0e56e6da660e1c64c48cc4adebef8"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000003','mei','a3575f5573147fb5871b2eeebf85f570f20ef59db2b8654d11c1e685d5d1d432','440310',3,'{"status": "done", "seq": 3, "facts": {"hash": "d5a465af14b852db705a0321a331ab1158abec153aa1cfe088df82e70d53de50"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000004','mei','474e8b1a122b46674a9b9ab79b6f610c0db8cb3be92c1ecc28dcbf052a11446c','440310',4,'{"status": "done", "seq": 4, "facts": {"hash": "a488168f8302d15e9f298cf08b7c4a9aa93ae04c2e553edd73d3595d1c2eb40b"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000005','mei','47496e25550b314664f229528d462fe0fe6acc5e3e77cc00376dbd9269c00713','440310',5,'{"status": "done", "seq": 5, "facts": {"hash": "3ab715a654d6d38cf8e745026e961ea815db7e3674e8ed50e267d27980426377"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000006','li','2dcc3ca97c17f991433339ba3b2ad4cab5662539bb9345e7ae761ba76ecf6043','440310',6,'{"status": "done", "seq": 6, "facts": {"hash": "527b4e139a87f92383c2148f916147bc57aaa9a90a0a318b772bed720511f947"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000007','li','3bfad1db8e0b4f90e7b05dee74d82c5f6a1f3db35eaf8a313dcf684d31babe01','440310',7,'{"status": "done", "seq": 7, "facts": {"hash": "32c1d3a128f29d4115a8120fdbc72c596f6b530063b66c76192b56d687777e2e"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000008','li','b3bc0344bcc3f7335ceb159d195bd2f54123bd5206c39cf7eaac5ccca7655309','440310',8,'{"status": "done", "seq": 8, "facts": {"hash": "c65b2e19d6f4213db379fdc463f2b717045cfd8779794bd97fcd0cd3c04dd907"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000009','li','cd32cdf2a1e9093c6384ba306dc7063558ce6875c65d2c5faa3c302526b4e65f','440310',9,'{"status": "done", "seq": 9, "facts": {"hash": "2668d1dc0cf6ae7815a28347a8a4c2bfb6bb262bb77b2489bb7162e580234f9a"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000a','li','153a0445dfcde361a48694b1f8b78b014dbc52b75b6e508c99591147724895a8','440310',10,'{"status": "done", "seq": 10, "facts": {"hash": "bda305416ee5bd84d8dc024b9ace136f00036d1f1eb8977f83523c3c4aab45e4"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000b','li','30072a2dbf6c83dd6a9a0fff8234b4c617e5d85e042dca6fea02fba0da2ed52e','440310',11,'{"status": "done", "seq": 11, "facts": {"hash": "d2953754c9f3c3c927f54f9f75b6fd18100226341c5f2d06e39284fe49d0f865"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000c','ann','25d28e3c50a69c59b16c35282a957b9c9844edf7aca4bd1e8fed00b2d07d947a','440310',12,'{"status": "done", "seq": 12, "facts": {"hash": "40148d9a5b56654e6a27edf784c232207ea515d0e0c2c22a270ae18fc3860a61"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000d','li','7c93826198249221ba117ca8ad9f37e5a515f0d13af2e424bd91af0b4820d35f','440310',13,'{"status": "done", "seq": 13, "facts": {"hash": "f1c62ec540ee873f76a6191d77de51b99051fa813a6bc05c017f1e15a8d51836"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000e','li','197bea02e114a01f52bdf5485d3479c58a51f4a41dc604024a5d53c0038e9a23','440310',14,'{"status": "done", "seq": 14, "facts": {"hash": "5c526f1afc03fae18f89ef3ecc0f0aabfbc28482bb77ec66d37273b14a93122e"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000f','li','458773ae27286bb06ec3fbf855fcc288157f39d6bcd8e2fd41f5d5310d54fbf5','440310',15,'{"status": "done", "seq": 15, "facts": {"hash": "a016b7b2612e2dbb1f8daa0fefd80625cdea51fcbee8af598ae0d7cb16bb4457"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000010','li','e4b5fd7f4720a03c857a3170700166b55680ecd96a99862cd6c7ec4ef35db34f','440310',16,'{"status": "done", "seq": 16, "facts": {"hash": "42de9e31a0c11868c72e81a8e30654d0d8f610721c4329678161e364467db10e"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000011','ann','976f7bcfa12385a97c6295e77161eb220a8e50857a61e8b2fea36b2112f169f3','440310',17,'{"status": "done", "seq": 17, "facts": {"hash": "a2c1d003ef42fb093dffecf1f89adf13ce0bb2d60bfd913ee770f04c15f01ae7"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000012','ann','26bce2841c4ddca903f4b511923c0e36ce8109a5d104d94df662ca3b2c509bc2','440310',18,'{"status": "done", "seq": 18, "facts": {"hash": "57489e1f47b99c3ab7011fa6b7371dd74cbeb5d4b0de71d70bdd7318da80fea0"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000013','mei','96fc9ccecaaeb7c13d8e0e41ab03197ae5e4997ef30203f661c4f3e757261672','440310',19,'{"status": "done", "seq": 19, "facts": {"hash": "f85dd187c19124183b47f2e97322fca6164d5573ed3fcd924d36b85df7dce29a"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000014','li','d4a9249ad2332ef61ed81e9fe0397ecc1c796f2b946a959d5d1ab0858005b0c8','440310',20,'{"status": "done", "seq": 20, "facts": {"hash": "0f14163fca787316b95aad61c76e240c04e15eea9c52ececc63679cd95120f47"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000015','li','9aaa1ed7af20f02a0cc7e723a46f3e96df9b14624bae8fcbf09e0e0f2925e509','440310',21,'{"status": "done", "seq": 21, "facts": {"hash": "19894e1222ab7a3dd129bc8cb16031e64f93d76d2c6b7a7b419cf188840ed514"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000016','li','d3c7c1fb9d3b638c9c539889782e109af25094adbd7cc1d9f4109ef9b709136e','440310',22,'{"status": "done", "seq": 22, "facts": {"hash": "28ca9934f67ad3b77e8042179a6b4c4de0c6c2f63d020528df656a400a8b34ac"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000017','ann','2bdb4bec68b3f724f3dc2d020610f6df1e3af0997c92a3c2a010ea8ff6f26a36','440310',23,'{"status": "done", "seq": 23, "facts": {"hash": "287489622373da386ed2e71bc84619dd91c3bb0d656d85a7bcfdc2b2c1992461"}}');
CREATE TABLE commendation (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	made_by VARCHAR NOT NULL, 
	made_at VARCHAR(27) NOT NULL, 
	unit VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE device (
	seat VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	cursor BIGINT NOT NULL, 
	seen_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (seat)
);
CREATE TABLE head (
	feed VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	epoch INTEGER NOT NULL, 
	at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (feed)
);
INSERT INTO "head" VALUES('440310','287489622373da386ed2e71bc84619dd91c3bb0d656d85a7bcfdc2b2c1992461',23,0,'2026-12-30T02:08:00.000000Z');
CREATE TABLE lease (
	name VARCHAR NOT NULL, 
	holder VARCHAR NOT NULL, 
	fence BIGINT NOT NULL, 
	expires_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (name)
);
CREATE TABLE log (
	feed VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	cmd_id VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	seat VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	case_id VARCHAR NOT NULL, 
	scope_before VARCHAR NOT NULL, 
	scope_after VARCHAR NOT NULL, 
	body_hash VARCHAR NOT NULL, 
	applied_hash VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	prev VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	claimed_at VARCHAR(27) NOT NULL, 
	received_at VARCHAR(27) NOT NULL, 
	undoes VARCHAR, 
	body TEXT, 
	applied TEXT, 
	occurred_at VARCHAR(27), 
	PRIMARY KEY (feed, seq)
);
INSERT INTO "log" VALUES('440310',1,'00000000-0000-4000-8000-000000000001','mei','OPERATOR','','0A1','register','a7a51fda-5af3-5879-972c-d6715fbc33ac','','|','c71c8a2a966b5a198d8ed07988aadd519317df68b04f0a3a9fef97da37e25fa8','ccd21b66a4b119b253454dbb50dc157c51c77244ce78ac06d248c08909eb9b96','','','d20494ef9d5f420923db07d829fa122596233d24ccf2b0f4dc418ca31595f6da','2025-03-03T01:32:00.000000Z','2025-03-03T01:32:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T01:32:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000001","district":"440310","effects":[{"id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:02:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030132000A11","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:32:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:02:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030132000A11","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:32:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',2,'00000000-0000-4000-8000-000000000002','mei','OPERATOR','','0A1','ask_verification','a7a51fda-5af3-5879-972c-d6715fbc33ac','|','|@|','a9828d3eaf071b559647de8c07221a4764834c51562f1f9f9d96440adea0301d','a26ee5219f7d81d336c43c4e4a8b7cf85f5f1b9a316d978760f6c08de0d1254a','','d20494ef9d5f420923db07d829fa122596233d24ccf2b0f4dc418ca31595f6da','d7f3912257b6704fa4b9164c9147bc20c5c0e56e6da660e1c64c48cc4adebef8','2025-03-03T01:34:00.000000Z','2025-03-03T01:34:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T01:34:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000002","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000001","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-04T01:34:00.000000Z","due_clock":"K1V","status":"VERIFYING"}},{"id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"asked_at":"2025-03-03T01:34:00.000000Z","asked_by":"mei","case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","finding":"","officer":"","on_behalf":"","question":"","reported_at":null,"reported_by":"","status":"OPEN"}}],"kind":"ask_verification","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac"}}','[{"base":"00000000-0000-4000-8000-000000000001","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-04T01:34:00.000000Z","due_clock":"K1V","status":"VERIFYING"}},{"id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"asked_at":"2025-03-03T01:34:00.000000Z","asked_by":"mei","case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","finding":"","officer":"","on_behalf":"","question":"","reported_at":null,"reported_by":"","status":"OPEN"}}]',NULL);
INSERT INTO "log" VALUES('440310',3,'00000000-0000-4000-8000-000000000003','mei','OPERATOR','','0A1','report_verification','a7a51fda-5af3-5879-972c-d6715fbc33ac','|@|','|@|','7ee904928828dce9ff958f2cb3b5dfa269a678045044d641b178133b6b152220','8c3ca42d8a3705706c0336ffedb5fcf7da7f5bed5a6c4083e3b814f209f87672','','d7f3912257b6704fa4b9164c9147bc20c5c0e56e6da660e1c64c48cc4adebef8','d5a465af14b852db705a0321a331ab1158abec153aa1cfe088df82e70d53de50','2025-03-03T02:04:00.000000Z','2025-03-03T02:04:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T02:04:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000003","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000002","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-03T02:32:00.000000Z","due_clock":"K1"}},{"base":"00000000-0000-4000-8000-000000000002","id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"finding":"无此事","reported_at":"2025-03-03T02:04:00.000000Z","reported_by":"mei","status":"UNTRUE"}}],"kind":"report_verification","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","finding":"无此事"}}','[{"base":"00000000-0000-4000-8000-000000000002","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-03T02:32:00.000000Z","due_clock":"K1"}},{"base":"00000000-0000-4000-8000-000000000002","id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"finding":"无此事","reported_at":"2025-03-03T02:04:00.000000Z","reported_by":"mei","status":"UNTRUE"}}]',NULL);
INSERT INTO "log" VALUES('440310',4,'00000000-0000-4000-8000-000000000004','mei','OPERATOR','','0A1','refuse','a7a51fda-5af3-5879-972c-d6715fbc33ac','|@|','|','2acc0a249144043d64ae049eee287bccea3d77d8189b3333ccc3de1c4f0ed7ad','3c8808a55dace5f4cd8a6f8cc5c8795987cf8a97b37ee2416a2f0e64dbea182a','','d5a465af14b852db705a0321a331ab1158abec153aa1cfe088df82e70d53de50','a488168f8302d15e9f298cf08b7c4a9aa93ae04c2e553edd73d3595d1c2eb40b','2025-03-03T02:06:00.000000Z','2025-03-03T02:06:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T02:06:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000004","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000003","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":null,"due_clock":null,"refusal_reason":"NOT_TRUE","refusal_text":"不属实","refused_at":"2025-03-03T02:06:00.000000Z","stage":"ENDED","status":"REFUSED"}},{"id":"09f0e411-001a-5752-8ed7-bbc06c4fd1ac","table":"notice","values":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","kind":"1","made_at":"2025-03-03T02:06:00.000000Z","made_by":"mei","method":"SMS","on_behalf":"","status":"RECORDED","task_id":null,"text":"不予立案"}}],"kind":"refuse","occurred_at":null,"read_to":"","relies_on":[{"base":"00000000-0000-4000-8000-000000000003","id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification"}],"seat":"0A1","undoes":null,"wish":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","method":"SMS","notice":"不予立案","reason":"NOT_TRUE","text":"不属实"}}','[{"base":"00000000-0000-4000-8000-000000000003","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":null,"due_clock":null,"refusal_reason":"NOT_TRUE","refusal_text":"不属实","refused_at":"2025-03-03T02:06:00.000000Z","stage":"ENDED","status":"REFUSED"}},{"id":"09f0e411-001a-5752-8ed7-bbc06c4fd1ac","table":"notice","values":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","kind":"1","made_at":"2025-03-03T02:06:00.000000Z","made_by":"mei","method":"SMS","on_behalf":"","status":"RECORDED","task_id":null,"text":"不予立案"}}]',NULL);
INSERT INTO "log" VALUES('440310',5,'00000000-0000-4000-8000-000000000005','mei','OPERATOR','','0A1','register','36fc6ab7-0470-559b-978c-67fd9db608de','','|','cdbc5ba4cb36e202486e0306e73ca7a571f6180c3fa530e32ba1444ee98009c9','ab54a309e3ed578eb0e39d3caaf3e08930779fae0acb5b8386ad98ba98e736f7','','a488168f8302d15e9f298cf08b7c4a9aa93ae04c2e553edd73d3595d1c2eb40b','3ab715a654d6d38cf8e745026e961ea815db7e3674e8ed50e267d27980426377','2025-03-03T02:08:00.000000Z','2025-03-03T02:08:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","claimed_at":"2025-03-03T02:08:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000005","district":"440310","effects":[{"id":"36fc6ab7-0470-559b-978c-67fd9db608de","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:38:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030208000A15","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:08:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":"a7a51fda-5af3-5879-972c-d6715fbc33ac","title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[{"base":"00000000-0000-4000-8000-000000000004","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file"}],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001","supplements":"a7a51fda-5af3-5879-972c-d6715fbc33ac"}}','[{"id":"36fc6ab7-0470-559b-978c-67fd9db608de","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:38:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030208000A15","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:08:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":"a7a51fda-5af3-5879-972c-d6715fbc33ac","title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',6,'00000000-0000-4000-8000-000000000006','li','OPERATOR','','0A1','register','03106506-1d25-5985-869d-079ad755a08c','','|','0188e023f10d2219fe86fe2fd45ac641c68a706b07d5e079c5175d561147a7d6','61f916d33ac1cda1fbca38284453d26a594885726512e70cbabc3df0908f9870','','3ab715a654d6d38cf8e745026e961ea815db7e3674e8ed50e267d27980426377','527b4e139a87f92383c2148f916147bc57aaa9a90a0a318b772bed720511f947','2025-03-03T02:10:00.000000Z','2025-03-03T02:10:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"03106506-1d25-5985-869d-079ad755a08c","claimed_at":"2025-03-03T02:10:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000006","district":"440310","effects":[{"id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:40:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030210000A16","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:10:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:40:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030210000A16","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:10:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',7,'00000000-0000-4000-8000-000000000007','li','OPERATOR','','0A1','file','03106506-1d25-5985-869d-079ad755a08c','|','|','61e7238e8fe4166a15ea7bd56826b0b0fcef5fa74d1d89e9b226eab82aaf6246','8e83bb3b254d0afed8ac77161bf342031caf4972d9cfad954e69295ba2f65b98','','527b4e139a87f92383c2148f916147bc57aaa9a90a0a318b772bed720511f947','32c1d3a128f29d4115a8120fdbc72c596f6b530063b66c76192b56d687777e2e','2025-03-03T02:12:00.000000Z','2025-03-03T02:12:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"03106506-1d25-5985-869d-079ad755a08c","claimed_at":"2025-03-03T02:12:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000007","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000006","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T04:12:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T02:12:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"03106506-1d25-5985-869d-079ad755a08c"}}','[{"base":"00000000-0000-4000-8000-000000000006","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T04:12:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T02:12:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',8,'00000000-0000-4000-8000-000000000008','li','OPERATOR','','0A1','undo.file','03106506-1d25-5985-869d-079ad755a08c','|','|','22dcd71fcb5137f30356e06fb0b59fcdfb2499df9683c0d3aaf57963ce6cb5fa','5b5bff4bd84127322b8232763aff572e68802f30d40a0903442c24b29a2693cb','','32c1d3a128f29d4115a8120fdbc72c596f6b530063b66c76192b56d687777e2e','c65b2e19d6f4213db379fdc463f2b717045cfd8779794bd97fcd0cd3c04dd907','2025-03-03T02:13:00.000000Z','2025-03-03T02:13:00.000000Z','00000000-0000-4000-8000-000000000007','{"actor":"li","batch":null,"case_id":"03106506-1d25-5985-869d-079ad755a08c","claimed_at":"2025-03-03T02:13:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000008","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000007","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T02:40:00.000000Z","due_clock":"K1","filed_at":null,"stage":"FILING","status":"REGISTERED"}}],"kind":"undo.file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":"00000000-0000-4000-8000-000000000007","wish":{}}','[{"base":"00000000-0000-4000-8000-000000000007","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T02:40:00.000000Z","due_clock":"K1","filed_at":null,"stage":"FILING","status":"REGISTERED"}}]',NULL);
INSERT INTO "log" VALUES('440310',9,'00000000-0000-4000-8000-000000000009','li','OPERATOR','','0A1','register','b9a39f9f-4975-53d5-b98a-58c7f6490e37','','|','9f397f7c9b51c436a1ac20a2dae2156fbbf644247b615e4725c30c40333bb6a9','992511f26f7d13aa72eecfda7e020ce8f0ca1e4a6f0949a2b01e9cbf7885b162','','c65b2e19d6f4213db379fdc463f2b717045cfd8779794bd97fcd0cd3c04dd907','2668d1dc0cf6ae7815a28347a8a4c2bfb6bb262bb77b2489bb7162e580234f9a','2025-03-04T01:12:00.000000Z','2025-03-04T01:12:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-04T01:12:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000009","district":"440310","effects":[{"id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-04T01:22:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"A","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"SUGGESTION","number":"SZPS202503040112000A19","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-04T01:12:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","grade":"A","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"SUGGESTION","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-04T01:22:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"A","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"SUGGESTION","number":"SZPS202503040112000A19","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-04T01:12:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',10,'00000000-0000-4000-8000-00000000000a','li','OPERATOR','','0A1','file','b9a39f9f-4975-53d5-b98a-58c7f6490e37','|','|','c4cea63baab5cbd6b14a42cdec258d4822604e318c4c3ffb69cea4e807756f85','236cedbf48c025eeb80e4763eab6af306ba315b4c2b0a6f851a925698dbd735e','','2668d1dc0cf6ae7815a28347a8a4c2bfb6bb262bb77b2489bb7162e580234f9a','bda305416ee5bd84d8dc024b9ace136f00036d1f1eb8977f83523c3c4aab45e4','2025-03-04T01:14:00.000000Z','2025-03-04T01:14:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-04T01:14:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000a","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000009","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-04T01:44:00.000000Z","due_clock":"K2","filed_at":"2025-03-04T01:14:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37"}}','[{"base":"00000000-0000-4000-8000-000000000009","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-04T01:44:00.000000Z","due_clock":"K2","filed_at":"2025-03-04T01:14:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',11,'00000000-0000-4000-8000-00000000000b','li','OPERATOR','','0A1','dispatch','b9a39f9f-4975-53d5-b98a-58c7f6490e37','|','|HOUSING|','1c3d6ac1c635d7a11aa002a5371b486fb5c8d29b98724beebf0ac712f4c0ae08','42d308eb933c1f96ef94b5e2d539f42edfd10480378821b9099f5b7a6163b1bf','','bda305416ee5bd84d8dc024b9ace136f00036d1f1eb8977f83523c3c4aab45e4','d2953754c9f3c3c927f54f9f75b6fd18100226341c5f2d06e39284fe49d0f865','2025-03-04T01:16:00.000000Z','2025-03-04T01:16:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-04T01:16:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000b","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000a","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"dispatched_at":"2025-03-04T01:16:00.000000Z","due_at":"2025-03-04T01:31:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","dispatched_at":"2025-03-04T01:16:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"INF","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":3,"on_behalf":"","pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}],"kind":"dispatch","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","unit":"HOUSING"}}','[{"base":"00000000-0000-4000-8000-00000000000a","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"dispatched_at":"2025-03-04T01:16:00.000000Z","due_at":"2025-03-04T01:31:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","dispatched_at":"2025-03-04T01:16:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"INF","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":3,"on_behalf":"","pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}]',NULL);
INSERT INTO "log" VALUES('440310',12,'00000000-0000-4000-8000-00000000000c','ann','UNIT_HANDLER','HOUSING','0A1','sign','b9a39f9f-4975-53d5-b98a-58c7f6490e37','|HOUSING|','|HOUSING|','eb6255705758df7354994850534f61693e5522ca08dd59e34f01b98eb81c9a06','0f5fbff0832bdf14656c8a3291954f505ab5f625750f65d4e70fd8a4ddce6ca6','','d2953754c9f3c3c927f54f9f75b6fd18100226341c5f2d06e39284fe49d0f865','40148d9a5b56654e6a27edf784c232207ea515d0e0c2c22a270ae18fc3860a61','2025-03-04T01:18:00.000000Z','2025-03-04T01:18:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-04T01:18:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000c","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000b","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-07T15:59:59.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-00000000000b","id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"signed_at":"2025-03-04T01:18:00.000000Z","signed_by":"ann","status":"SIGNED"}}],"kind":"sign","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","task_id":"3663fdea-68aa-549e-8497-c8cf4a0557ac"}}','[{"base":"00000000-0000-4000-8000-00000000000b","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-07T15:59:59.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-00000000000b","id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"signed_at":"2025-03-04T01:18:00.000000Z","signed_by":"ann","status":"SIGNED"}}]',NULL);
INSERT INTO "log" VALUES('440310',13,'00000000-0000-4000-8000-00000000000d','li','OPERATOR','','0A1','register','c92db4b3-9c98-58fe-bc47-665d7d4fdad4','','|','cc8c0565e908ad277b2ff3c113ad24c61692cbc2753f6420bf057c98177bc34a','79d4d477a5f463e069e90c0341a222f4559b5e825428db9cef54cfb865322ea0','','40148d9a5b56654e6a27edf784c232207ea515d0e0c2c22a270ae18fc3860a61','f1c62ec540ee873f76a6191d77de51b99051fa813a6bc05c017f1e15a8d51836','2025-03-04T06:12:00.000000Z','2025-03-04T06:12:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","claimed_at":"2025-03-04T06:12:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000d","district":"440310","effects":[{"id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-04T06:42:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503040612000A13","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-04T06:12:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":false,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-04T06:42:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503040612000A13","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-04T06:12:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',14,'00000000-0000-4000-8000-00000000000e','li','OPERATOR','','0A1','record_notice','c92db4b3-9c98-58fe-bc47-665d7d4fdad4','|','|','f5d0de44385b19ebb849e95e95d1ca9d0962d107fb338ff59e6e70413e7ce496','db1b98b6f85dac03859b37ec19c04871174b930e27f40e780e39ce28f348977f','','f1c62ec540ee873f76a6191d77de51b99051fa813a6bc05c017f1e15a8d51836','5c526f1afc03fae18f89ef3ecc0f0aabfbc28482bb77ec66d37273b14a93122e','2025-03-04T06:14:00.000000Z','2025-03-04T06:14:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","claimed_at":"2025-03-04T06:14:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000e","district":"440310","effects":[{"id":"8e14eef7-8ace-5696-903b-d5f6bb940e2f","table":"notice","values":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","district":"440310","kind":"2","made_at":"2025-03-04T06:14:00.000000Z","made_by":"li","method":"PHONE","on_behalf":"","status":"RECORDED","task_id":null,"text":"已告知"}}],"kind":"record_notice","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","method":"PHONE","notice_kind":"2","text":"已告知"}}','[{"id":"8e14eef7-8ace-5696-903b-d5f6bb940e2f","table":"notice","values":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","district":"440310","kind":"2","made_at":"2025-03-04T06:14:00.000000Z","made_by":"li","method":"PHONE","on_behalf":"","status":"RECORDED","task_id":null,"text":"已告知"}}]',NULL);
INSERT INTO "log" VALUES('440310',15,'00000000-0000-4000-8000-00000000000f','li','OPERATOR','','0A1','file','c92db4b3-9c98-58fe-bc47-665d7d4fdad4','|','|','b93fd6512ed2276309f090a11e43cfe2adfafec7465cf4819197fd33c66e26f9','9de12c678f3bb1441324fba56ed8a34eaaadfb3f0e6fc2e5f7dc745685899944','','5c526f1afc03fae18f89ef3ecc0f0aabfbc28482bb77ec66d37273b14a93122e','a016b7b2612e2dbb1f8daa0fefd80625cdea51fcbee8af598ae0d7cb16bb4457','2025-03-04T06:16:00.000000Z','2025-03-04T06:16:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","claimed_at":"2025-03-04T06:16:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000f","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000d","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"due_at":"2025-03-04T08:16:00.000000Z","due_clock":"K2","filed_at":"2025-03-04T06:16:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4"}}','[{"base":"00000000-0000-4000-8000-00000000000d","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"due_at":"2025-03-04T08:16:00.000000Z","due_clock":"K2","filed_at":"2025-03-04T06:16:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',16,'00000000-0000-4000-8000-000000000010','li','OPERATOR','','0A1','dispatch','c92db4b3-9c98-58fe-bc47-665d7d4fdad4','|','|HOUSING|','f12b9157ad9f02c88511314de63db659cc91050ae475b680a5131ebc8b68be88','84a314d95373de2e5859d1cf332dc9a27f8cbd0ff212d0aa3027a4a1c7983f8b','','a016b7b2612e2dbb1f8daa0fefd80625cdea51fcbee8af598ae0d7cb16bb4457','42de9e31a0c11868c72e81a8e30654d0d8f610721c4329678161e364467db10e','2025-03-04T06:18:00.000000Z','2025-03-04T06:18:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","claimed_at":"2025-03-04T06:18:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000010","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000f","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"dispatched_at":"2025-03-04T06:18:00.000000Z","due_at":"2025-03-04T08:18:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","dispatched_at":"2025-03-04T06:18:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":5,"on_behalf":"","pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}],"kind":"dispatch","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","unit":"HOUSING"}}','[{"base":"00000000-0000-4000-8000-00000000000f","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"dispatched_at":"2025-03-04T06:18:00.000000Z","due_at":"2025-03-04T08:18:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","dispatched_at":"2025-03-04T06:18:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":5,"on_behalf":"","pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}]',NULL);
INSERT INTO "log" VALUES('440310',17,'00000000-0000-4000-8000-000000000011','ann','UNIT_HANDLER','HOUSING','0A1','sign','c92db4b3-9c98-58fe-bc47-665d7d4fdad4','|HOUSING|','|HOUSING|','39c630876df0636b5ebf0bcd8a57950da907404dc80c37319ca3b9cd0c1d9b55','7a47c07da8913d46971e1a4198c5e0c59149ab2c199593157702106eb0ede3f7','','42de9e31a0c11868c72e81a8e30654d0d8f610721c4329678161e364467db10e','a2c1d003ef42fb093dffecf1f89adf13ce0bb2d60bfd913ee770f04c15f01ae7','2025-03-04T06:20:00.000000Z','2025-03-04T06:20:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","claimed_at":"2025-03-04T06:20:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000011","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000010","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"due_at":"2025-03-11T15:59:59.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-000000000010","id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"signed_at":"2025-03-04T06:20:00.000000Z","signed_by":"ann","status":"SIGNED"}}],"kind":"sign","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","task_id":"70159ef2-7e38-5247-99c5-7e4578817dad"}}','[{"base":"00000000-0000-4000-8000-000000000010","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"due_at":"2025-03-11T15:59:59.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-000000000010","id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"signed_at":"2025-03-04T06:20:00.000000Z","signed_by":"ann","status":"SIGNED"}}]',NULL);
INSERT INTO "log" VALUES('440310',18,'00000000-0000-4000-8000-000000000012','ann','UNIT_HANDLER','HOUSING','0A1','handle','c92db4b3-9c98-58fe-bc47-665d7d4fdad4','|HOUSING|','|HOUSING|','c0b2938f01261c93815e306d4e3575d275047203fb572bf66a31d8607ba43417','3907e3400ee5c3533c4350e506e7c594e15d669191cf23fbe62694ed3879ac52','','a2c1d003ef42fb093dffecf1f89adf13ce0bb2d60bfd913ee770f04c15f01ae7','57489e1f47b99c3ab7011fa6b7371dd74cbeb5d4b0de71d70bdd7318da80fea0','2025-03-18T06:20:00.000000Z','2025-03-18T06:20:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","claimed_at":"2025-03-18T06:20:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000012","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000011","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"closure_asked_at":"2025-03-18T06:20:00.000000Z","due_at":"2025-03-19T01:20:00.000000Z","due_clock":"K8","stage":"CLOSURE","status":"PENDING_CLOSURE"}},{"base":"00000000-0000-4000-8000-000000000011","id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"handled_at":"2025-03-18T06:20:00.000000Z","handled_by":"ann","result":"已办理","status":"HANDLED"}},{"id":"2f1171bc-5821-58c0-bab5-e714fa649f51","table":"notice","values":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","district":"440310","kind":"2","made_at":"2025-03-18T06:20:00.000000Z","made_by":"ann","method":"PHONE","on_behalf":"","status":"RECORDED","task_id":"70159ef2-7e38-5247-99c5-7e4578817dad","text":"已办结"}}],"kind":"handle","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","method":"PHONE","notice":"已办结","result":"已办理","task_id":"70159ef2-7e38-5247-99c5-7e4578817dad"}}','[{"base":"00000000-0000-4000-8000-000000000011","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"closure_asked_at":"2025-03-18T06:20:00.000000Z","due_at":"2025-03-19T01:20:00.000000Z","due_clock":"K8","stage":"CLOSURE","status":"PENDING_CLOSURE"}},{"base":"00000000-0000-4000-8000-000000000011","id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"handled_at":"2025-03-18T06:20:00.000000Z","handled_by":"ann","result":"已办理","status":"HANDLED"}},{"id":"2f1171bc-5821-58c0-bab5-e714fa649f51","table":"notice","values":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","district":"440310","kind":"2","made_at":"2025-03-18T06:20:00.000000Z","made_by":"ann","method":"PHONE","on_behalf":"","status":"RECORDED","task_id":"70159ef2-7e38-5247-99c5-7e4578817dad","text":"已办结"}}]',NULL);
INSERT INTO "log" VALUES('440310',19,'00000000-0000-4000-8000-000000000013','mei','OPERATOR','','0A1','order_rework','c92db4b3-9c98-58fe-bc47-665d7d4fdad4','|HOUSING|','|HOUSING|','0df929a3698f0667c7eca5ee5425c4dca4d71fbb6226a87af3b9b44100ba12c4','6d8ecef0db480aa99ffd35d1c7418ab739fc80c9b5d179450a984388726ee6cd','','57489e1f47b99c3ab7011fa6b7371dd74cbeb5d4b0de71d70bdd7318da80fea0','f85dd187c19124183b47f2e97322fca6164d5573ed3fcd924d36b85df7dce29a','2025-03-18T06:22:00.000000Z','2025-03-18T06:22:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","claimed_at":"2025-03-18T06:22:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000013","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000012","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"due_at":"2025-03-19T15:59:59.000000Z","due_clock":"K5","rework_at":"2025-03-18T06:22:00.000000Z","rework_count":1,"rework_reason":"请补充","stage":"DISPOSAL","status":"REWORK"}},{"base":"00000000-0000-4000-8000-000000000012","id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"pauses":"2025-03-18T06:20:00+00:00/2025-03-18T06:22:00+00:00/REVIEW/mei","rework_at":"2025-03-18T06:22:00.000000Z","status":"REWORK"}}],"kind":"order_rework","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","criterion":"COMPLAINT_UNJUDGEABLE","text":"请补充"}}','[{"base":"00000000-0000-4000-8000-000000000012","id":"c92db4b3-9c98-58fe-bc47-665d7d4fdad4","table":"case_file","values":{"due_at":"2025-03-19T15:59:59.000000Z","due_clock":"K5","rework_at":"2025-03-18T06:22:00.000000Z","rework_count":1,"rework_reason":"请补充","stage":"DISPOSAL","status":"REWORK"}},{"base":"00000000-0000-4000-8000-000000000012","id":"70159ef2-7e38-5247-99c5-7e4578817dad","table":"task","values":{"pauses":"2025-03-18T06:20:00+00:00/2025-03-18T06:22:00+00:00/REVIEW/mei","rework_at":"2025-03-18T06:22:00.000000Z","status":"REWORK"}}]',NULL);
INSERT INTO "log" VALUES('440310',20,'00000000-0000-4000-8000-000000000014','li','OPERATOR','','0A1','register','4aae91ed-9a65-5d3e-963a-b48142578e6e','','|','9322ae5cdbd8fbf3b0989fba09e80630eb474f4d2e5ca78edad0d8fd2a2ec28b','39ddc98f22bc83c8e949c5d8d7ede832d4fa7e4afddb4cc755b18c567f4baf7e','','f85dd187c19124183b47f2e97322fca6164d5573ed3fcd924d36b85df7dce29a','0f14163fca787316b95aad61c76e240c04e15eea9c52ececc63679cd95120f47','2026-12-30T02:02:00.000000Z','2026-12-30T02:02:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","claimed_at":"2026-12-30T02:02:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000014","district":"440310","effects":[{"id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":true,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2026-12-30T02:32:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202612300202000A10","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2026-12-30T02:02:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"address":"幸福里12号楼门口","batch":null,"by_analogy":true,"category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2026-12-30T02:32:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202612300202000A10","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2026-12-30T02:02:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',21,'00000000-0000-4000-8000-000000000015','li','OPERATOR','','0A1','file','4aae91ed-9a65-5d3e-963a-b48142578e6e','|','|','d0af0481c37f905a70c3c65783898195fae06973c1b9b1118c82b08f47fa48d7','6e83aa3b661cec924e63efc03e3b5b60cd80e2957412fb27922529ded18758b2','','0f14163fca787316b95aad61c76e240c04e15eea9c52ececc63679cd95120f47','19894e1222ab7a3dd129bc8cb16031e64f93d76d2c6b7a7b419cf188840ed514','2026-12-30T02:04:00.000000Z','2026-12-30T02:04:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","claimed_at":"2026-12-30T02:04:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000015","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000014","id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"due_at":"2026-12-30T04:04:00.000000Z","due_clock":"K2","filed_at":"2026-12-30T02:04:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e"}}','[{"base":"00000000-0000-4000-8000-000000000014","id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"due_at":"2026-12-30T04:04:00.000000Z","due_clock":"K2","filed_at":"2026-12-30T02:04:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',22,'00000000-0000-4000-8000-000000000016','li','OPERATOR','','0A1','dispatch','4aae91ed-9a65-5d3e-963a-b48142578e6e','|','|HOUSING|','e16ce9151a394dc664a58c6b56870f6bbad3b85e8857a09db4444c3b1009aeda','aee85f3e03ee8e710929df36b070cdaa008aea86b8e17d3ae53f9fc8d9c29193','','19894e1222ab7a3dd129bc8cb16031e64f93d76d2c6b7a7b419cf188840ed514','28ca9934f67ad3b77e8042179a6b4c4de0c6c2f63d020528df656a400a8b34ac','2026-12-30T02:06:00.000000Z','2026-12-30T02:06:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","claimed_at":"2026-12-30T02:06:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000016","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000015","id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"dispatched_at":"2026-12-30T02:06:00.000000Z","due_at":"2026-12-30T06:06:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"1524a563-05e7-5e74-bc06-dd4da98a5013","table":"task","values":{"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","dispatched_at":"2026-12-30T02:06:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":5,"on_behalf":"","pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}],"kind":"dispatch","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","unit":"HOUSING"}}','[{"base":"00000000-0000-4000-8000-000000000015","id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"dispatched_at":"2026-12-30T02:06:00.000000Z","due_at":"2026-12-30T06:06:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"1524a563-05e7-5e74-bc06-dd4da98a5013","table":"task","values":{"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","dispatched_at":"2026-12-30T02:06:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":5,"on_behalf":"","pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}]',NULL);
INSERT INTO "log" VALUES('440310',23,'00000000-0000-4000-8000-000000000017','ann','UNIT_HANDLER','HOUSING','0A1','sign','4aae91ed-9a65-5d3e-963a-b48142578e6e','|HOUSING|','|HOUSING|','2f9a5ba557f1a12b9275aefe6f46d1f6bf0c599476098d671e07381bf51897f1','0ec31c2e5a75346e746060137823318522dc5958140d2aa4d0fb14104faa4931','','28ca9934f67ad3b77e8042179a6b4c4de0c6c2f63d020528df656a400a8b34ac','287489622373da386ed2e71bc84619dd91c3bb0d656d85a7bcfdc2b2c1992461','2026-12-30T02:08:00.000000Z','2026-12-30T02:08:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","claimed_at":"2026-12-30T02:08:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000017","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000016","id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"due_at":"2027-01-06T15:59:59.000000Z","due_clock":"K5","due_is_provisional":true,"stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-000000000016","id":"1524a563-05e7-5e74-bc06-dd4da98a5013","table":"task","values":{"signed_at":"2026-12-30T02:08:00.000000Z","signed_by":"ann","status":"SIGNED"}}],"kind":"sign","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","task_id":"1524a563-05e7-5e74-bc06-dd4da98a5013"}}','[{"base":"00000000-0000-4000-8000-000000000016","id":"4aae91ed-9a65-5d3e-963a-b48142578e6e","table":"case_file","values":{"due_at":"2027-01-06T15:59:59.000000Z","due_clock":"K5","due_is_provisional":true,"stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-000000000016","id":"1524a563-05e7-5e74-bc06-dd4da98a5013","table":"task","values":{"signed_at":"2026-12-30T02:08:00.000000Z","signed_by":"ann","status":"SIGNED"}}]',NULL);
CREATE TABLE note (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	made_by VARCHAR NOT NULL, 
	made_at VARCHAR(27) NOT NULL, 
	text TEXT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE notice (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	made_by VARCHAR NOT NULL, 
	made_at VARCHAR(27) NOT NULL, 
	kind VARCHAR NOT NULL, 
	method VARCHAR NOT NULL, 
	on_behalf VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	task_id VARCHAR, 
	PRIMARY KEY (id)
);
INSERT INTO "notice" VALUES('09f0e411-001a-5752-8ed7-bbc06c4fd1ac','440310','RECORDED','00000000-0000-4000-8000-000000000004',4,'a7a51fda-5af3-5879-972c-d6715fbc33ac','mei','2025-03-03T02:06:00.000000Z','1','SMS','','不予立案',NULL);
INSERT INTO "notice" VALUES('8e14eef7-8ace-5696-903b-d5f6bb940e2f','440310','RECORDED','00000000-0000-4000-8000-00000000000e',14,'c92db4b3-9c98-58fe-bc47-665d7d4fdad4','li','2025-03-04T06:14:00.000000Z','2','PHONE','','已告知',NULL);
INSERT INTO "notice" VALUES('2f1171bc-5821-58c0-bab5-e714fa649f51','440310','RECORDED','00000000-0000-4000-8000-000000000012',18,'c92db4b3-9c98-58fe-bc47-665d7d4fdad4','ann','2025-03-18T06:20:00.000000Z','2','PHONE','','已办结','70159ef2-7e38-5247-99c5-7e4578817dad');
CREATE TABLE operator (
	login VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	is_active BOOLEAN NOT NULL, 
	scope_epoch INTEGER NOT NULL, 
	unit VARCHAR, 
	PRIMARY KEY (login)
);
INSERT INTO "operator" VALUES('li','li','OPERATOR','440310',1,0,NULL);
INSERT INTO "operator" VALUES('mei','mei','OPERATOR','440310',1,0,NULL);
INSERT INTO "operator" VALUES('chen','chen','SHIFT_LEADER','440310',1,0,NULL);
INSERT INTO "operator" VALUES('zhou','zhou','DIRECTOR','440310',1,0,NULL);
INSERT INTO "operator" VALUES('hu','hu','GRID_OFFICER','440310',1,0,NULL);
INSERT INTO "operator" VALUES('admin','admin','ADMINISTRATOR','440310',1,0,NULL);
INSERT INTO "operator" VALUES('ann','ann','UNIT_HANDLER','440310',1,0,'HOUSING');
INSERT INTO "operator" VALUES('bo','bo','UNIT_HANDLER','440310',1,0,'EDU');
CREATE TABLE reporter (
	case_id VARCHAR NOT NULL, 
	cmd_id VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	phone VARCHAR NOT NULL, 
	id_number VARCHAR NOT NULL, 
	PRIMARY KEY (case_id)
);
CREATE TABLE request (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	task_id VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	task_was VARCHAR NOT NULL, 
	reason VARCHAR NOT NULL, 
	basis VARCHAR NOT NULL, 
	on_behalf VARCHAR NOT NULL, 
	asked_by VARCHAR NOT NULL, 
	decided_by VARCHAR NOT NULL, 
	decision_text VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	level INTEGER NOT NULL, 
	asked_at VARCHAR(27) NOT NULL, 
	is_improper BOOLEAN NOT NULL, 
	proper_unit VARCHAR, 
	decided_at VARCHAR(27), 
	PRIMARY KEY (id)
);
CREATE TABLE rule (
	place INTEGER NOT NULL, 
	kind VARCHAR NOT NULL, 
	role VARCHAR NOT NULL, 
	tbl VARCHAR NOT NULL, 
	stamps VARCHAR NOT NULL, 
	fields TEXT NOT NULL, 
	least INTEGER NOT NULL, 
	most INTEGER NOT NULL, 
	"before" VARCHAR, 
	"after" VARCHAR, 
	not_by VARCHAR, 
	PRIMARY KEY (place)
);
CREATE TABLE sealed_number (
	cmd_id VARCHAR NOT NULL, 
	place INTEGER NOT NULL, 
	case_id VARCHAR NOT NULL, 
	mask VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (cmd_id, place)
);
CREATE TABLE secret (
	name VARCHAR NOT NULL, 
	value VARCHAR NOT NULL, 
	PRIMARY KEY (name)
);
INSERT INTO "secret" VALUES('key','759b500e3dd81d1c5175d7439f9d59f1d2fb562b32f1ceae7e1e3de933a8754b');
CREATE TABLE store_info (
	id INTEGER NOT NULL, 
	store_id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	prefix VARCHAR NOT NULL, 
	kind VARCHAR NOT NULL, 
	rules_digest VARCHAR NOT NULL, 
	schema_version INTEGER NOT NULL, 
	min_client INTEGER NOT NULL, 
	created_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "store_info" VALUES(1,'5ef46a97-7d05-4a98-a4bf-0afbea474a2e','440310','SZPS','live','fa112fca34dedf1fb3f34d250f0f0fc7b86bb7be92dcdc093fe5c3824de445eb',2,1,'2025-03-03T01:30:00.000000Z');
CREATE TABLE task (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	dispatched_by VARCHAR NOT NULL, 
	limit_source VARCHAR NOT NULL, 
	signed_by VARCHAR NOT NULL, 
	handled_by VARCHAR NOT NULL, 
	on_behalf VARCHAR NOT NULL, 
	pauses VARCHAR NOT NULL, 
	instruction TEXT NOT NULL, 
	result TEXT NOT NULL, 
	dispatched_at VARCHAR(27) NOT NULL, 
	limit_unit VARCHAR, 
	limit_origin VARCHAR, 
	limit_value INTEGER, 
	limit_article INTEGER, 
	signed_at VARCHAR(27), 
	handled_at VARCHAR(27), 
	returned_at VARCHAR(27), 
	rework_at VARCHAR(27), 
	done_at VARCHAR(27), 
	PRIMARY KEY (id)
);
INSERT INTO "task" VALUES('3663fdea-68aa-549e-8497-c8cf4a0557ac','440310','SIGNED','00000000-0000-4000-8000-00000000000c',12,'b9a39f9f-4975-53d5-b98a-58c7f6490e37','HOUSING','li','PS-4','ann','','','','','','2025-03-04T01:16:00.000000Z','WORK_DAY','INF',3,15,'2025-03-04T01:18:00.000000Z',NULL,NULL,NULL,NULL);
INSERT INTO "task" VALUES('70159ef2-7e38-5247-99c5-7e4578817dad','440310','REWORK','00000000-0000-4000-8000-000000000013',19,'c92db4b3-9c98-58fe-bc47-665d7d4fdad4','HOUSING','li','PS-4','ann','ann','','2025-03-18T06:20:00+00:00/2025-03-18T06:22:00+00:00/REVIEW/mei','','已办理','2025-03-04T06:18:00.000000Z','WORK_DAY','PROP',5,15,'2025-03-04T06:20:00.000000Z','2025-03-18T06:20:00.000000Z',NULL,'2025-03-18T06:22:00.000000Z',NULL);
INSERT INTO "task" VALUES('1524a563-05e7-5e74-bc06-dd4da98a5013','440310','SIGNED','00000000-0000-4000-8000-000000000017',23,'4aae91ed-9a65-5d3e-963a-b48142578e6e','HOUSING','li','PS-4','ann','','','','','','2026-12-30T02:06:00.000000Z','WORK_DAY','PROP',5,15,'2026-12-30T02:08:00.000000Z',NULL,NULL,NULL,NULL);
CREATE TABLE verification (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	officer VARCHAR NOT NULL, 
	question VARCHAR NOT NULL, 
	asked_by VARCHAR NOT NULL, 
	reported_by VARCHAR NOT NULL, 
	finding VARCHAR NOT NULL, 
	on_behalf VARCHAR NOT NULL, 
	asked_at VARCHAR(27) NOT NULL, 
	reported_at VARCHAR(27), 
	PRIMARY KEY (id)
);
INSERT INTO "verification" VALUES('aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02','440310','UNTRUE','00000000-0000-4000-8000-000000000003',3,'a7a51fda-5af3-5879-972c-d6715fbc33ac','','','mei','mei','无此事','','2025-03-03T01:34:00.000000Z','2025-03-03T02:04:00.000000Z');
CREATE INDEX ix_case_file_number ON case_file (number);
CREATE INDEX ix_case_file_open ON case_file (due_at, id) WHERE status NOT IN ('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'REFUSED', 'VOID');
CREATE INDEX ix_case_file_ended ON case_file (registered_at, id) WHERE status IN ('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'REFUSED', 'VOID');
CREATE INDEX ix_task_case ON task (case_id);
CREATE INDEX ix_request_case ON request (case_id);
CREATE INDEX ix_verification_case ON verification (case_id);
CREATE INDEX ix_notice_case ON notice (case_id);
CREATE INDEX ix_note_case ON note (case_id);
CREATE INDEX ix_attachment_case ON attachment (case_id);
CREATE INDEX ix_commendation_case ON commendation (case_id);
CREATE INDEX ix_log_case ON log (case_id, seq);
CREATE UNIQUE INDEX ux_device_name ON device (name);
CREATE INDEX ix_sealed_number_case ON sealed_number (case_id);
CREATE INDEX ix_case_file_supplements ON case_file (supplements) WHERE supplements IS NOT NULL;
COMMIT;
