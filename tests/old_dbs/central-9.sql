-- A small central store as schema 9 kept it, carried over from schema 8; its rules are left out, for an upgrade writes them anew. No reporter is in it. Its key lies beside it.
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
INSERT INTO "access_log" VALUES(1,'','operator.add','li','OPERATOR','2026-11-27T00:28:53.925161Z');
INSERT INTO "access_log" VALUES(2,'','operator.add','mei','OPERATOR','2026-11-27T00:28:53.931979Z');
INSERT INTO "access_log" VALUES(3,'','operator.add','chen','SHIFT_LEADER','2026-11-27T00:28:53.941020Z');
INSERT INTO "access_log" VALUES(4,'','operator.add','zhou','DIRECTOR','2026-11-27T00:28:53.952012Z');
INSERT INTO "access_log" VALUES(5,'','operator.add','hu','GRID_OFFICER','2026-11-27T00:28:53.975711Z');
INSERT INTO "access_log" VALUES(6,'','operator.add','admin','ADMINISTRATOR','2026-11-27T00:28:53.985432Z');
INSERT INTO "access_log" VALUES(7,'','operator.add','ann','UNIT_HANDLER','2026-11-27T00:28:54.007005Z');
INSERT INTO "access_log" VALUES(8,'','operator.add','bo','UNIT_HANDLER','2026-11-27T00:28:54.034078Z');
CREATE TABLE alembic_version (
	version_num VARCHAR(32) NOT NULL, 
	CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
);
INSERT INTO "alembic_version" VALUES('0009');
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
INSERT INTO "attachment" VALUES('bf1e6f30-b6f6-59c7-b003-ebc8beab882b','440310','RECORDED','00000000-0000-4000-8000-00000000c351',26,'e2184900-f675-5bc2-bec3-30fb4eddc427','li','2025-03-03T02:48:00.000000Z','REPLY','答复.txt','cb62885b37132bd79b03feeeff1c4f046017c353b3c4903604630810050b0658',9,NULL);
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
	due_at VARCHAR(27), calendar VARCHAR DEFAULT '' NOT NULL, bases VARCHAR DEFAULT '' NOT NULL, holder VARCHAR DEFAULT '' NOT NULL, held_at VARCHAR(27), asked VARCHAR DEFAULT '' NOT NULL, asked_at VARCHAR(27), merged_into VARCHAR, merged_at VARCHAR(27), merged_from VARCHAR DEFAULT '' NOT NULL, members INTEGER DEFAULT '0' NOT NULL, shared VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "case_file" VALUES('a7a51fda-5af3-5879-972c-d6715fbc33ac','440310','REFUSED','00000000-0000-4000-8000-000000000004',4,'SZPS202503030133000A11','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','mei','','ENDED','','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','查无此事','',1,0,0,0,0,0,'2025-03-03T01:33:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,'NOT_TRUE',NULL,NULL,NULL,'2025-03-03T01:42:00.000000Z',NULL,NULL,NULL,NULL,NULL,'2026-aa508e','','',NULL,'',NULL,NULL,NULL,'',0,'');
INSERT INTO "case_file" VALUES('36fc6ab7-0470-559b-978c-67fd9db608de','440310','REGISTERED','00000000-0000-4000-8000-00000000c352',27,'SZPS202503030145000A15','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','mei','','FILING','','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-03T01:45:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,NULL,'K1',NULL,NULL,NULL,NULL,NULL,NULL,'2025-03-03T02:15:00.000000Z','2026-aa508e','','mei','2025-03-03T02:53:00.000000Z','',NULL,NULL,NULL,'',0,'');
INSERT INTO "case_file" VALUES('03106506-1d25-5985-869d-079ad755a08c','440310','REGISTERED','00000000-0000-4000-8000-000000000008',8,'SZPS202503030148000A16','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','li','','FILING','','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-03T01:48:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,NULL,'K1',NULL,NULL,NULL,NULL,NULL,NULL,'2025-03-03T02:18:00.000000Z','2026-aa508e','','',NULL,'',NULL,NULL,NULL,'',0,'');
INSERT INTO "case_file" VALUES('b9a39f9f-4975-53d5-b98a-58c7f6490e37','440310','DISPATCHED','00000000-0000-4000-8000-00000000000d',13,'SZPS202503030155000A19','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','A','12345','幸福里12号楼门口','','','PS-4@1','li','','DISPOSAL','|HOUSING|','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-03T01:55:00.000000Z',0,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,'HOUSING','K5','2025-03-03T01:58:00.000000Z',NULL,'2025-03-03T02:01:00.000000Z',NULL,NULL,NULL,'2025-03-03T06:01:00.000000Z','2026-aa508e','','',NULL,'',NULL,NULL,NULL,'',0,'');
INSERT INTO "case_file" VALUES('e2184900-f675-5bc2-bec3-30fb4eddc427','440310','REWORK','00000000-0000-4000-8000-000000000014',20,'SZPS202503030210000A14','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','B','12345','幸福里12号楼门口','','','PS-4@1','li','请补充','DISPOSAL','|HOUSING|','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-03T02:10:00.000000Z',1,0,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,'HOUSING','K5','2025-03-03T02:13:00.000000Z',NULL,'2025-03-03T02:19:00.000000Z','2025-03-03T02:25:00.000000Z','2025-03-03T02:28:00.000000Z',NULL,'2025-03-04T15:59:59.000000Z','2026-aa508e','[["2025-03-03T02:16:00+00:00","C","2026-aa508e"]]','',NULL,'',NULL,NULL,NULL,'',0,'');
INSERT INTO "case_file" VALUES('bf59a12a-f695-5141-aaa9-88a3a31e0f2e','440310','FILED','00000000-0000-4000-8000-000000000019',25,'SZPS202503030231000A11','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修','COMPLAINT','C','12345','幸福里12号楼门口','','','PS-4@1','li','','DISPATCH','','小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。','','',1,0,0,0,0,0,'2025-03-03T02:31:00.000000Z',0,1,'010103','440310001','440310001001',NULL,NULL,NULL,NULL,NULL,NULL,'K2','2025-03-03T02:34:00.000000Z',NULL,'2025-03-03T02:37:00.000000Z',NULL,NULL,NULL,'2025-03-03T04:43:00.000000Z','2026-aa508e','','',NULL,'',NULL,NULL,NULL,'',0,'');
CREATE TABLE command (
	cmd_id VARCHAR NOT NULL, 
	actor VARCHAR NOT NULL, 
	digest VARCHAR NOT NULL, 
	feed VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	answer TEXT NOT NULL, 
	PRIMARY KEY (cmd_id)
);
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000001','mei','b6ff9401df37f3cd5105e291da76e63e60318b1183344b0a4b9ef16c0f4c3c5c','440310',1,'{"status": "done", "seq": 1, "facts": {"hash": "7aebd6a4e78ceae22360ca7cd0921f93807ceba04dc11da167d5656ef5140ada"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000002','mei','25fec42c319b8b57dcf017cfc256d4c65eac992365dadbd4a92f4c0fc0f9c4a4','440310',2,'{"status": "done", "seq": 2, "facts": {"hash": "ed8cdf85f9e0ac773fbc30504984db96e76448c173d6d634e6c190a032bc5e7d"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000003','hu','f3c1a73b6b7fbead358ba2d930a4370b82160f040711298ce58744fc33aad1ea','440310',3,'{"status": "done", "seq": 3, "facts": {"hash": "3edb11b848f777d2585f5b53ff3116157934fba721d5b3ea0e19d233f9d3e83d"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000004','mei','d0668edafcbec721df9b6dcadc744672b115a208c66c573d0ac58fa86ded01b3','440310',4,'{"status": "done", "seq": 4, "facts": {"hash": "3881e86f2562cf294683577dfc7484715b8683f59cfafe560a33696cc4c2710a"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000005','mei','3c5a19d70f55dcda50ccdffc9b91a9a0b8acba198ad90bc1f87a2708624cef6f','440310',5,'{"status": "done", "seq": 5, "facts": {"hash": "90ce3db36f1e73d41ea907b4d1a609a96adc1641e028fb4bc8562dafb6432436"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000006','li','87ca14467cba7835e6abee923ee350e4e6c894bc4ec27b688f4a257a8e7b80f6','440310',6,'{"status": "done", "seq": 6, "facts": {"hash": "9c4bbe070b963a1b7685ddedf6d87adc977b70fc37f0255c2d29021b124620f9"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000007','li','167975a7defaf477a7c3cf1c78e4be990f67d70af6d3d86e4c91e507a0163ec5','440310',7,'{"status": "done", "seq": 7, "facts": {"hash": "5c26564d7ee4a44c7dda06c8b6134286185b907eae0b30a91985e04db9d0fb0e"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000008','li','e844f755322dd40b296e8caad194969dc6413f0c53bbcf821bab4b8a44035fcc','440310',8,'{"status": "done", "seq": 8, "facts": {"hash": "36f7b67de29052da00879f76a0332841a6a5f6f732b8d4ad48472a07c64b5171"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000009','li','1537000dc2e03b5de4d029606291950a677818bf98db969dad34ded66b64fe41','440310',9,'{"status": "done", "seq": 9, "facts": {"hash": "93c334f017d26b090339df2d00b45af5ec76128940c5fa31148880521168117a"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000a','li','a3ca1ba6b66275fb5a1ba8ad83fa64c94a21dc211631de761911b9fca22e4ccc','440310',10,'{"status": "done", "seq": 10, "facts": {"hash": "33ded2b1158c19d6b7148538ee0523effdac1169ee0a59bed9a85c8f84a09d73"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000b','li','5bbc312b6ecf76ac49bf89a47d9000425161208bce752376bdb530d47487cdba','440310',11,'{"status": "done", "seq": 11, "facts": {"hash": "7487e2a506e70387bd29a638fb9e449d2b8e0f2675bed9646cab636045c7da75"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000c','ann','daac29eb17408fdf7fa6f905bb1229eb3f3ac4b7d0dbae224e7333a10dcbbab3','440310',12,'{"status": "done", "seq": 12, "facts": {"hash": "0c9a8749695c0a1640f8539c92a286491379c90bee13020f2f66d3b094d58e8d"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000d','ann','867d3d500f4febbf85516b618b8edbd073a02c3e137cb1666adc0168bb89a350','440310',13,'{"status": "done", "seq": 13, "facts": {"hash": "f2a93fcdd7abb05c2b516dbbc904b4eec350cdef069d0755248cbe401be31131"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000e','li','184e62fed7a96c1bf24e3c6e4436b52a24c66e59c18224b820f228f2996868a3','440310',14,'{"status": "done", "seq": 14, "facts": {"hash": "c80dacd69bb4a388658c6854190e4908bf10ff0c52c40f80c8e5ad97f4c31bea"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000000f','li','9b72348149b77c73bef272b607cbca669bbd21b93731571b2bf5e35165498dd8','440310',15,'{"status": "done", "seq": 15, "facts": {"hash": "8dac02ee69c0b5a3925c9cd2481a3447d1f726fa83fbdad66238d1612fd29547"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000010','li','b1b542402e0962892e51677afea55c9752a3320749a1a3157ded3cc4f3048204','440310',16,'{"status": "done", "seq": 16, "facts": {"hash": "2ac2d0ad6122ddcc320e7da288c3cd72145edd67e5988f2ba638396ff102509a"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000011','li','4b6067c2a1cad7f940517918e357aa9194b3646fd10cd5b99d7c0c2277cf149c','440310',17,'{"status": "done", "seq": 17, "facts": {"hash": "65ee22195e4238cb82641a982f34c11f0e6e134ce38976e8e4eb237238c39573"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000012','ann','2a5aa1071429883bde8db51ef1fde1f8362498efcffb33afcfe1afe68c1cba4f','440310',18,'{"status": "done", "seq": 18, "facts": {"hash": "e2f5b59eb03686c40b67dc20162161ee1938d810f75d7e399ec6d44fa1ea9c55"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000013','ann','9718cb9d4399511739d4117e3f0dd50ca48d92c3fd75ba43a1715789dc38ccbd','440310',19,'{"status": "done", "seq": 19, "facts": {"hash": "50bc8eacfcf1d6d70824354dad3162ea4af39d762cf407c9a25644e8f3529410"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000014','mei','bd98add95cbdf40fa55630569f4368f625947391b5376b13a40e000c2db95d60','440310',20,'{"status": "done", "seq": 20, "facts": {"hash": "4822f9c30e4acfc8af6251f2bc067f7fd06c342862c617e8cee0cc1b8bbd23c5"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000015','li','bb2a0859f016ecb09ba82ef0a10e15d952d16c3027b43ef940537251a8b0fd81','440310',21,'{"status": "done", "seq": 21, "facts": {"hash": "599a946294e148fd967a0ae02f0aee0b43f9d681352e526477af2776cef6f568"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000016','li','229ab755fdfca63fc1a21481fac8f5449c2340f32656cbfb8d592befadbf9c89','440310',22,'{"status": "done", "seq": 22, "facts": {"hash": "4d43cc4170d8b1a11d3c2ce34aee3887875084a0686f8f9b5949c614931c5649"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000017','li','eb59ada01697a1f2644536da4a4ee562348f57c367da3f54e8eb2271ee80854e','440310',23,'{"status": "done", "seq": 23, "facts": {"hash": "53ab8aa7b186aecf1eb4876810b55934628f7dbac203fb19da6cb890e423db07"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000018','ann','fb4c37b895bad9dadafadb79dc3a672e3d7fd9ea685fb1e531bb4e11a15aae97','440310',24,'{"status": "done", "seq": 24, "facts": {"hash": "41cd475c99fd5d2c15c1511354c2cf1697a24112b3501e757276198c6e3a9a1e"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000000019','chen','b31cd0c1724e9a7a2c268548b78456f6f9ee9734b43c3d11030cab37f77bb0f0','440310',25,'{"status": "done", "seq": 25, "facts": {"hash": "24a52afc70ce0fd408914e99ba66ee7d4dfabe9e8fff55b1f5bd2808a04f7dea"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000c351','li','854912632965cc08d6cc4b9ea31187415a10fc163cd918e4b0fada89c7dc69ef','440310',26,'{"status": "done", "seq": 26, "facts": {"hash": "5f6a2def6245950ce8bfb6a3e39bff4e8a44133565174e2076df42d975de5463"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000c352','mei','aed854a8c9cf19ef71aeea96d6800001c962c8f8e74bc6dd856f8659c38d3e17','440310',27,'{"status": "done", "seq": 27, "facts": {"hash": "c97ae8583c713180c70ad0c4a8ef2b5ff05a1ea5946761c257f63b2b4477f659"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-00000000c353','mei','054b9a32ab171a936e22165ad481a6386f2c8fe1c55d63f7163102b3d53cb0a1','440310',28,'{"status": "done", "seq": 28, "facts": {"hash": "cfd7757c674393993804c71f3b283ad51a85fb545818ca55d5be880504eea665"}}');
INSERT INTO "command" VALUES('00000000-0000-4000-8000-000000002711','li','aa24bdf7a7d163b415bd9ff1aa9365a751a80c47cb4054903a3fadc59d68c4f6','440310',29,'{"status": "done", "seq": 29, "facts": {"hash": "d91416d372cd35a5e4b68a267a734ee8b373aec29cb052e67819ed13db2dc74e"}}');
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
CREATE TABLE concern (
	feed VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	case_id VARCHAR NOT NULL, 
	scope_before VARCHAR NOT NULL, 
	scope_after VARCHAR NOT NULL, 
	PRIMARY KEY (feed, seq, case_id)
);
CREATE TABLE device (
	seat VARCHAR NOT NULL, 
	name VARCHAR NOT NULL, 
	cursor BIGINT NOT NULL, 
	seen_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (seat)
);
CREATE TABLE file_part (
	digest VARCHAR NOT NULL, 
	login VARCHAR NOT NULL, 
	at BIGINT NOT NULL, 
	bytes BLOB NOT NULL, 
	PRIMARY KEY (digest, login, at)
);
CREATE TABLE head (
	feed VARCHAR NOT NULL, 
	hash VARCHAR NOT NULL, 
	seq BIGINT NOT NULL, 
	epoch INTEGER NOT NULL, 
	at VARCHAR(27) NOT NULL, judged_from BIGINT DEFAULT '0' NOT NULL, 
	PRIMARY KEY (feed)
);
INSERT INTO "head" VALUES('440310','d91416d372cd35a5e4b68a267a734ee8b373aec29cb052e67819ed13db2dc74e',29,0,'2025-03-03T03:03:00.000000Z',28);
CREATE TABLE interim (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	case_id VARCHAR NOT NULL, 
	unit VARCHAR NOT NULL, 
	measure VARCHAR NOT NULL, 
	ordered_by VARCHAR NOT NULL, 
	reported_by VARCHAR NOT NULL, 
	on_behalf VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	result TEXT NOT NULL, 
	ordered_at VARCHAR(27) NOT NULL, 
	answered_at VARCHAR(27), 
	done_at VARCHAR(27), 
	seq BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE TABLE kept_file (
	digest VARCHAR NOT NULL, 
	size BIGINT NOT NULL, 
	login VARCHAR NOT NULL, 
	kept_at VARCHAR(27) NOT NULL, 
	PRIMARY KEY (digest)
);
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
INSERT INTO "log" VALUES('440310',1,'00000000-0000-4000-8000-000000000001','mei','OPERATOR','','0A1','register','a7a51fda-5af3-5879-972c-d6715fbc33ac','','|','0a3e1d5ead248912c14059e92a74c503144de55d84fd7b5b389b2e52301d50eb','97fa3488603f36e8cd215d3fddca9b6f2d5831537bf73cef15a7309b146eb191','','','7aebd6a4e78ceae22360ca7cd0921f93807ceba04dc11da167d5656ef5140ada','2025-03-03T01:33:00.000000Z','2025-03-03T01:33:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T01:33:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000001","district":"440310","effects":[{"id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:03:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030133000A11","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:33:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:03:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030133000A11","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:33:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',2,'00000000-0000-4000-8000-000000000002','mei','OPERATOR','','0A1','ask_verification','a7a51fda-5af3-5879-972c-d6715fbc33ac','|','|@hu|','d94671fe3e8c5edd32be0e43ec701bf0fe96fb048e79bcdc21a0c3ea909ca5f0','c7aa2d39a4ec7857e86d10def0fd2230dc104072ec60d6a7c51f323646c9ef7a','','7aebd6a4e78ceae22360ca7cd0921f93807ceba04dc11da167d5656ef5140ada','ed8cdf85f9e0ac773fbc30504984db96e76448c173d6d634e6c190a032bc5e7d','2025-03-03T01:36:00.000000Z','2025-03-03T01:36:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T01:36:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000002","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000001","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-04T01:36:00.000000Z","due_clock":"K1V","status":"VERIFYING"}},{"id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"asked_at":"2025-03-03T01:36:00.000000Z","asked_by":"mei","case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","finding":"","officer":"hu","on_behalf":"","question":"","reported_at":null,"reported_by":"","status":"OPEN"}}],"kind":"ask_verification","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","officer":"hu"}}','[{"base":"00000000-0000-4000-8000-000000000001","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-04T01:36:00.000000Z","due_clock":"K1V","status":"VERIFYING"}},{"id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"asked_at":"2025-03-03T01:36:00.000000Z","asked_by":"mei","case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","finding":"","officer":"hu","on_behalf":"","question":"","reported_at":null,"reported_by":"","status":"OPEN"}}]',NULL);
INSERT INTO "log" VALUES('440310',3,'00000000-0000-4000-8000-000000000003','hu','GRID_OFFICER','','0A1','report_verification','a7a51fda-5af3-5879-972c-d6715fbc33ac','|@hu|','|@hu|','37614d57413cd3e763298314707c63793f15cadf29b09d6fa13291ea842aba01','cf012bfc2a72357d8fe21210496978fe5ccc8eeed87a73e589f6293c0b4baf61','','ed8cdf85f9e0ac773fbc30504984db96e76448c173d6d634e6c190a032bc5e7d','3edb11b848f777d2585f5b53ff3116157934fba721d5b3ea0e19d233f9d3e83d','2025-03-03T01:39:00.000000Z','2025-03-03T01:39:00.000000Z',NULL,'{"actor":"hu","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T01:39:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000003","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000002","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-03T02:06:00.000000Z","due_clock":"K1"}},{"base":"00000000-0000-4000-8000-000000000002","id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"finding":"现场没有","reported_at":"2025-03-03T01:39:00.000000Z","reported_by":"hu","status":"UNTRUE"}}],"kind":"report_verification","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","finding":"现场没有"}}','[{"base":"00000000-0000-4000-8000-000000000002","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":"2025-03-03T02:06:00.000000Z","due_clock":"K1"}},{"base":"00000000-0000-4000-8000-000000000002","id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification","values":{"finding":"现场没有","reported_at":"2025-03-03T01:39:00.000000Z","reported_by":"hu","status":"UNTRUE"}}]',NULL);
INSERT INTO "log" VALUES('440310',4,'00000000-0000-4000-8000-000000000004','mei','OPERATOR','','0A1','refuse','a7a51fda-5af3-5879-972c-d6715fbc33ac','|@hu|','|','ce7f057b07b6c2a050108a120196de906e7f72e0760df73221c664f62b274281','61274ec28c06b811a8edc0857501367f243e81a460147b23e15614c26070baa7','','3edb11b848f777d2585f5b53ff3116157934fba721d5b3ea0e19d233f9d3e83d','3881e86f2562cf294683577dfc7484715b8683f59cfafe560a33696cc4c2710a','2025-03-03T01:42:00.000000Z','2025-03-03T01:42:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","claimed_at":"2025-03-03T01:42:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000004","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000003","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":null,"due_clock":null,"refusal_reason":"NOT_TRUE","refusal_text":"查无此事","refused_at":"2025-03-03T01:42:00.000000Z","stage":"ENDED","status":"REFUSED"}},{"id":"e555017a-f9bf-585f-a14f-feea93c3977c","table":"notice","values":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","kind":"DECLINED","made_at":"2025-03-03T01:42:00.000000Z","made_by":"mei","method":"SMS","on_behalf":"","status":"RECORDED","task_id":null,"text":"经核实不属实"}}],"kind":"refuse","occurred_at":null,"read_to":"","relies_on":[{"base":"00000000-0000-4000-8000-000000000003","id":"aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02","table":"verification"}],"seat":"0A1","undoes":null,"wish":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","method":"SMS","notice":"经核实不属实","reason":"NOT_TRUE","text":"查无此事"}}','[{"base":"00000000-0000-4000-8000-000000000003","id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","table":"case_file","values":{"due_at":null,"due_clock":null,"refusal_reason":"NOT_TRUE","refusal_text":"查无此事","refused_at":"2025-03-03T01:42:00.000000Z","stage":"ENDED","status":"REFUSED"}},{"id":"e555017a-f9bf-585f-a14f-feea93c3977c","table":"notice","values":{"case_id":"a7a51fda-5af3-5879-972c-d6715fbc33ac","district":"440310","kind":"DECLINED","made_at":"2025-03-03T01:42:00.000000Z","made_by":"mei","method":"SMS","on_behalf":"","status":"RECORDED","task_id":null,"text":"经核实不属实"}}]',NULL);
INSERT INTO "log" VALUES('440310',5,'00000000-0000-4000-8000-000000000005','mei','OPERATOR','','0A1','register','36fc6ab7-0470-559b-978c-67fd9db608de','','|','344e8c43500eea10edaffedd97bf11bcd5e9e88d08a9c26ec8702a048c389719','1ac2b1d7b06081443f121d640dd28f09ccbf80d1ea8de103bec40c04b085327c','','3881e86f2562cf294683577dfc7484715b8683f59cfafe560a33696cc4c2710a','90ce3db36f1e73d41ea907b4d1a609a96adc1641e028fb4bc8562dafb6432436','2025-03-03T01:45:00.000000Z','2025-03-03T01:45:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","claimed_at":"2025-03-03T01:45:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000005","district":"440310","effects":[{"id":"36fc6ab7-0470-559b-978c-67fd9db608de","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:15:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030145000A15","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:45:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"36fc6ab7-0470-559b-978c-67fd9db608de","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:15:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030145000A15","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:45:00.000000Z","registered_by":"mei","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',6,'00000000-0000-4000-8000-000000000006','li','OPERATOR','','0A1','register','03106506-1d25-5985-869d-079ad755a08c','','|','a5a24e0bcd8daea4fef92a5d66b7a0401cee6d592b5568bbea3b8b9e0111a7ba','f8696d71c5eefa14e8c39560eb64f53ed523f23c856cc497f0baba90a866830f','','90ce3db36f1e73d41ea907b4d1a609a96adc1641e028fb4bc8562dafb6432436','9c4bbe070b963a1b7685ddedf6d87adc977b70fc37f0255c2d29021b124620f9','2025-03-03T01:48:00.000000Z','2025-03-03T01:48:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"03106506-1d25-5985-869d-079ad755a08c","claimed_at":"2025-03-03T01:48:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000006","district":"440310","effects":[{"id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:18:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030148000A16","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:48:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:18:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030148000A16","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:48:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',7,'00000000-0000-4000-8000-000000000007','li','OPERATOR','','0A1','file','03106506-1d25-5985-869d-079ad755a08c','|','|','9b4b1e081b9594a851f15a360caf9d922b12843c67ea39752499e3cf7eeab1fd','3d2f47aa1897fa789a4cf6eddde781ce16c0c5f89f96a75e689964f9d80b39fe','','9c4bbe070b963a1b7685ddedf6d87adc977b70fc37f0255c2d29021b124620f9','5c26564d7ee4a44c7dda06c8b6134286185b907eae0b30a91985e04db9d0fb0e','2025-03-03T01:51:00.000000Z','2025-03-03T01:51:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"03106506-1d25-5985-869d-079ad755a08c","claimed_at":"2025-03-03T01:51:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000007","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000006","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T03:51:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T01:51:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"03106506-1d25-5985-869d-079ad755a08c"}}','[{"base":"00000000-0000-4000-8000-000000000006","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T03:51:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T01:51:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',8,'00000000-0000-4000-8000-000000000008','li','OPERATOR','','0A1','undo.file','03106506-1d25-5985-869d-079ad755a08c','|','|','1b400b71ada4fbc481870ca9bede6dc1b509b8bb619d2984dd42161a2cc8ec92','86d1b04eb73e29331aaf7d80423db0fb7e5ef50a2c662f0b7f0c85cc6be8e194','','5c26564d7ee4a44c7dda06c8b6134286185b907eae0b30a91985e04db9d0fb0e','36f7b67de29052da00879f76a0332841a6a5f6f732b8d4ad48472a07c64b5171','2025-03-03T01:52:00.000000Z','2025-03-03T01:52:00.000000Z','00000000-0000-4000-8000-000000000007','{"actor":"li","batch":null,"case_id":"03106506-1d25-5985-869d-079ad755a08c","claimed_at":"2025-03-03T01:52:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000008","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000007","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T02:18:00.000000Z","due_clock":"K1","filed_at":null,"stage":"FILING","status":"REGISTERED"}}],"kind":"undo.file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":"00000000-0000-4000-8000-000000000007","wish":{}}','[{"base":"00000000-0000-4000-8000-000000000007","id":"03106506-1d25-5985-869d-079ad755a08c","table":"case_file","values":{"due_at":"2025-03-03T02:18:00.000000Z","due_clock":"K1","filed_at":null,"stage":"FILING","status":"REGISTERED"}}]',NULL);
INSERT INTO "log" VALUES('440310',9,'00000000-0000-4000-8000-000000000009','li','OPERATOR','','0A1','register','b9a39f9f-4975-53d5-b98a-58c7f6490e37','','|','4327b3f7a99089b86a69c771af37ce47a679742933d472b408359ebb9858fd8b','fc6862eacd217d569be7f8fcdfaef2a02dbe9f9c439b411b9d0f43c3e2e644dd','','36f7b67de29052da00879f76a0332841a6a5f6f732b8d4ad48472a07c64b5171','93c334f017d26b090339df2d00b45af5ec76128940c5fa31148880521168117a','2025-03-03T01:55:00.000000Z','2025-03-03T01:55:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-03T01:55:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000009","district":"440310","effects":[{"id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:05:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"A","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030155000A19","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:55:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","grade":"A","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:05:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"A","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030155000A19","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T01:55:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',10,'00000000-0000-4000-8000-00000000000a','li','OPERATOR','','0A1','file','b9a39f9f-4975-53d5-b98a-58c7f6490e37','|','|','917058a425a1bdd8469baede0a1fbe539bb5e65c7741d536784eb2e244e267b8','59191829d3e98293024d2898c5650df59ee5ab7e4eedbc8c323c5723b73bbe29','','93c334f017d26b090339df2d00b45af5ec76128940c5fa31148880521168117a','33ded2b1158c19d6b7148538ee0523effdac1169ee0a59bed9a85c8f84a09d73','2025-03-03T01:58:00.000000Z','2025-03-03T01:58:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-03T01:58:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000a","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000009","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-03T02:28:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T01:58:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37"}}','[{"base":"00000000-0000-4000-8000-000000000009","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-03T02:28:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T01:58:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',11,'00000000-0000-4000-8000-00000000000b','li','OPERATOR','','0A1','dispatch','b9a39f9f-4975-53d5-b98a-58c7f6490e37','|','|HOUSING|','26628a3b150b5a4fac7b47eb5d15e021a88c22309bbb43746b816b978e6b4d14','4e8da6c46bf104d3d543d1ecaf91252ae22654e9c3e29e2adc3ee881af590758','','33ded2b1158c19d6b7148538ee0523effdac1169ee0a59bed9a85c8f84a09d73','7487e2a506e70387bd29a638fb9e449d2b8e0f2675bed9646cab636045c7da75','2025-03-03T02:01:00.000000Z','2025-03-03T02:01:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-03T02:01:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000b","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000a","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"dispatched_at":"2025-03-03T02:01:00.000000Z","due_at":"2025-03-03T02:16:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","controlled_at":null,"dispatched_at":"2025-03-03T02:01:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"CLOCK_HOUR","limit_value":24,"limits":"","on_behalf":"","on_site_at":null,"pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}],"kind":"dispatch","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","unit":"HOUSING"}}','[{"base":"00000000-0000-4000-8000-00000000000a","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"dispatched_at":"2025-03-03T02:01:00.000000Z","due_at":"2025-03-03T02:16:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","controlled_at":null,"dispatched_at":"2025-03-03T02:01:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"CLOCK_HOUR","limit_value":24,"limits":"","on_behalf":"","on_site_at":null,"pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}]',NULL);
INSERT INTO "log" VALUES('440310',12,'00000000-0000-4000-8000-00000000000c','ann','UNIT_HANDLER','HOUSING','0A1','sign','b9a39f9f-4975-53d5-b98a-58c7f6490e37','|HOUSING|','|HOUSING|','4693278d1b80e6e7e7eed6184602fbc261213becde44873d907d3ffab5af019a','7a7bc0330c6f4557d8898c6340b3a9a173f2b12b28b4baa85033155c7c4a86f1','','7487e2a506e70387bd29a638fb9e449d2b8e0f2675bed9646cab636045c7da75','0c9a8749695c0a1640f8539c92a286491379c90bee13020f2f66d3b094d58e8d','2025-03-03T02:04:00.000000Z','2025-03-03T02:04:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-03T02:04:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000c","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000b","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-03T04:01:00.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-00000000000b","id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"signed_at":"2025-03-03T02:04:00.000000Z","signed_by":"ann","status":"SIGNED"}}],"kind":"sign","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","task_id":"3663fdea-68aa-549e-8497-c8cf4a0557ac"}}','[{"base":"00000000-0000-4000-8000-00000000000b","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-03T04:01:00.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-00000000000b","id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"signed_at":"2025-03-03T02:04:00.000000Z","signed_by":"ann","status":"SIGNED"}}]',NULL);
INSERT INTO "log" VALUES('440310',13,'00000000-0000-4000-8000-00000000000d','ann','UNIT_HANDLER','HOUSING','0A1','report_progress','b9a39f9f-4975-53d5-b98a-58c7f6490e37','|HOUSING|','|HOUSING|','fc768b767b10809d63356b9fd60e8355a6e81dff6c7e4f981f0fd143068d65db','27a528566f52d52417801237fa336817f8ad456643292dc8d29c1ea274dc40ea','','0c9a8749695c0a1640f8539c92a286491379c90bee13020f2f66d3b094d58e8d','f2a93fcdd7abb05c2b516dbbc904b4eec350cdef069d0755248cbe401be31131','2025-03-03T02:07:00.000000Z','2025-03-03T02:07:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","claimed_at":"2025-03-03T02:07:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000d","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000c","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-03T06:01:00.000000Z"}},{"base":"00000000-0000-4000-8000-00000000000c","id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"on_site_at":"2025-03-03T02:07:00.000000Z"}}],"kind":"report_progress","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","step":"ON_SITE","task_id":"3663fdea-68aa-549e-8497-c8cf4a0557ac"}}','[{"base":"00000000-0000-4000-8000-00000000000c","id":"b9a39f9f-4975-53d5-b98a-58c7f6490e37","table":"case_file","values":{"due_at":"2025-03-03T06:01:00.000000Z"}},{"base":"00000000-0000-4000-8000-00000000000c","id":"3663fdea-68aa-549e-8497-c8cf4a0557ac","table":"task","values":{"on_site_at":"2025-03-03T02:07:00.000000Z"}}]',NULL);
INSERT INTO "log" VALUES('440310',14,'00000000-0000-4000-8000-00000000000e','li','OPERATOR','','0A1','register','e2184900-f675-5bc2-bec3-30fb4eddc427','','|','4458f4d6efa86fb6c2c25f6de9d940cb28a9d53f9d04cbca43b05983274fb6ef','062fe7e8c1cdaf8fdf42b48c5fb8cdb9bb97b603f45313ff2212704b39171ca1','','f2a93fcdd7abb05c2b516dbbc904b4eec350cdef069d0755248cbe401be31131','c80dacd69bb4a388658c6854190e4908bf10ff0c52c40f80c8e5ad97f4c31bea','2025-03-03T02:10:00.000000Z','2025-03-03T02:10:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:10:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000e","district":"440310","effects":[{"id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:40:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030210000A14","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:10:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T02:40:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030210000A14","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:10:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',15,'00000000-0000-4000-8000-00000000000f','li','OPERATOR','','0A1','file','e2184900-f675-5bc2-bec3-30fb4eddc427','|','|','1f7768d45a0081cab0c0384d513a9ba591d1d1e40859d6f2218d088fd7e65353','c8f2526f3a8134f387d71412d741de4a41c35674bad7a95627a2b78d31c18df8','','c80dacd69bb4a388658c6854190e4908bf10ff0c52c40f80c8e5ad97f4c31bea','8dac02ee69c0b5a3925c9cd2481a3447d1f726fa83fbdad66238d1612fd29547','2025-03-03T02:13:00.000000Z','2025-03-03T02:13:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:13:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000000f","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000e","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"due_at":"2025-03-03T04:13:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T02:13:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427"}}','[{"base":"00000000-0000-4000-8000-00000000000e","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"due_at":"2025-03-03T04:13:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T02:13:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',16,'00000000-0000-4000-8000-000000000010','li','OPERATOR','','0A1','raise_grade','e2184900-f675-5bc2-bec3-30fb4eddc427','|','|','175b8d4346ec802100fa4b67698f7d96fb7d70b6234ddfe39e3b0ec85a1ea1de','fcd7ae250438286a8b277721e5873043b702a4797f3d961bf16eca5898b6a973','','8dac02ee69c0b5a3925c9cd2481a3447d1f726fa83fbdad66238d1612fd29547','2ac2d0ad6122ddcc320e7da288c3cd72145edd67e5988f2ba638396ff102509a','2025-03-03T02:16:00.000000Z','2025-03-03T02:16:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:16:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000010","district":"440310","effects":[{"base":"00000000-0000-4000-8000-00000000000f","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"bases":"[[\"2025-03-03T02:16:00+00:00\",\"C\",\"2026-aa508e\"]]","due_at":"2025-03-03T03:13:00.000000Z","grade":"B"}}],"kind":"raise_grade","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","grade":"B"}}','[{"base":"00000000-0000-4000-8000-00000000000f","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"bases":"[[\"2025-03-03T02:16:00+00:00\",\"C\",\"2026-aa508e\"]]","due_at":"2025-03-03T03:13:00.000000Z","grade":"B"}}]',NULL);
INSERT INTO "log" VALUES('440310',17,'00000000-0000-4000-8000-000000000011','li','OPERATOR','','0A1','dispatch','e2184900-f675-5bc2-bec3-30fb4eddc427','|','|HOUSING|','b95ef500b949259fd6871166a5d96fe4a26bddb32a4889e62115dc9e71595711','16f623e6b168029541eab68202e08b86e0dd0344da6295aa0ca5573a5f546f4f','','2ac2d0ad6122ddcc320e7da288c3cd72145edd67e5988f2ba638396ff102509a','65ee22195e4238cb82641a982f34c11f0e6e134ce38976e8e4eb237238c39573','2025-03-03T02:19:00.000000Z','2025-03-03T02:19:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:19:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000011","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000010","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"dispatched_at":"2025-03-03T02:19:00.000000Z","due_at":"2025-03-03T03:19:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","controlled_at":null,"dispatched_at":"2025-03-03T02:19:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":1,"limits":"","on_behalf":"","on_site_at":null,"pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}],"kind":"dispatch","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","unit":"HOUSING"}}','[{"base":"00000000-0000-4000-8000-000000000010","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"dispatched_at":"2025-03-03T02:19:00.000000Z","due_at":"2025-03-03T03:19:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","controlled_at":null,"dispatched_at":"2025-03-03T02:19:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":1,"limits":"","on_behalf":"","on_site_at":null,"pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}]',NULL);
INSERT INTO "log" VALUES('440310',18,'00000000-0000-4000-8000-000000000012','ann','UNIT_HANDLER','HOUSING','0A1','sign','e2184900-f675-5bc2-bec3-30fb4eddc427','|HOUSING|','|HOUSING|','a279e51a372656fa11d77b918324c5330cfeeff590881544be8457f536b29a30','3debc7061a09375a26f754615120a588141f23a524ce8554720b519cd9e8c17d','','65ee22195e4238cb82641a982f34c11f0e6e134ce38976e8e4eb237238c39573','e2f5b59eb03686c40b67dc20162161ee1938d810f75d7e399ec6d44fa1ea9c55','2025-03-03T02:22:00.000000Z','2025-03-03T02:22:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:22:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000012","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000011","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"due_at":"2025-03-04T15:59:59.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-000000000011","id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"signed_at":"2025-03-03T02:22:00.000000Z","signed_by":"ann","status":"SIGNED"}}],"kind":"sign","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","task_id":"af170a35-b5d6-59bd-aa6f-18e41cad506c"}}','[{"base":"00000000-0000-4000-8000-000000000011","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"due_at":"2025-03-04T15:59:59.000000Z","due_clock":"K5","stage":"DISPOSAL"}},{"base":"00000000-0000-4000-8000-000000000011","id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"signed_at":"2025-03-03T02:22:00.000000Z","signed_by":"ann","status":"SIGNED"}}]',NULL);
INSERT INTO "log" VALUES('440310',19,'00000000-0000-4000-8000-000000000013','ann','UNIT_HANDLER','HOUSING','0A1','handle','e2184900-f675-5bc2-bec3-30fb4eddc427','|HOUSING|','|HOUSING|','6f7a6e7644effd25fdb3429e2a85b632654c93cb119e89f42e6d193a31abb6ac','90d8a2e2682dd8ca967b36743c3aff8082fd898f5bd459431985a392bcedaade','','e2f5b59eb03686c40b67dc20162161ee1938d810f75d7e399ec6d44fa1ea9c55','50bc8eacfcf1d6d70824354dad3162ea4af39d762cf407c9a25644e8f3529410','2025-03-03T02:25:00.000000Z','2025-03-03T02:25:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:25:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000013","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000012","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"closure_asked_at":"2025-03-03T02:25:00.000000Z","due_at":"2025-03-03T08:25:00.000000Z","due_clock":"K8","stage":"CLOSURE","status":"PENDING_CLOSURE"}},{"base":"00000000-0000-4000-8000-000000000012","id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"handled_at":"2025-03-03T02:25:00.000000Z","handled_by":"ann","result":"已处理","status":"HANDLED"}},{"id":"0192c725-b310-53ae-bd52-2b452704c89e","table":"notice","values":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","district":"440310","kind":"2","made_at":"2025-03-03T02:25:00.000000Z","made_by":"ann","method":"PHONE","on_behalf":"","status":"RECORDED","task_id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","text":"已修好"}}],"kind":"handle","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","method":"PHONE","notice":"已修好","result":"已处理","task_id":"af170a35-b5d6-59bd-aa6f-18e41cad506c"}}','[{"base":"00000000-0000-4000-8000-000000000012","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"closure_asked_at":"2025-03-03T02:25:00.000000Z","due_at":"2025-03-03T08:25:00.000000Z","due_clock":"K8","stage":"CLOSURE","status":"PENDING_CLOSURE"}},{"base":"00000000-0000-4000-8000-000000000012","id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"handled_at":"2025-03-03T02:25:00.000000Z","handled_by":"ann","result":"已处理","status":"HANDLED"}},{"id":"0192c725-b310-53ae-bd52-2b452704c89e","table":"notice","values":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","district":"440310","kind":"2","made_at":"2025-03-03T02:25:00.000000Z","made_by":"ann","method":"PHONE","on_behalf":"","status":"RECORDED","task_id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","text":"已修好"}}]',NULL);
INSERT INTO "log" VALUES('440310',20,'00000000-0000-4000-8000-000000000014','mei','OPERATOR','','0A1','order_rework','e2184900-f675-5bc2-bec3-30fb4eddc427','|HOUSING|','|HOUSING|','da3beb361705b151b9562cee06eebabcf6d28981d98c351d6e1e4b001ed39fce','3aafb2d9bd74403c78e0fd41b4d759b66f13fc9d64820be985856efad81db47c','','50bc8eacfcf1d6d70824354dad3162ea4af39d762cf407c9a25644e8f3529410','4822f9c30e4acfc8af6251f2bc067f7fd06c342862c617e8cee0cc1b8bbd23c5','2025-03-03T02:28:00.000000Z','2025-03-03T02:28:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:28:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000014","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000013","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"due_at":"2025-03-04T15:59:59.000000Z","due_clock":"K5","rework_at":"2025-03-03T02:28:00.000000Z","rework_count":1,"rework_reason":"请补充","stage":"DISPOSAL","status":"REWORK"}},{"base":"00000000-0000-4000-8000-000000000013","id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"pauses":"2025-03-03T02:25:00+00:00/2025-03-03T02:28:00+00:00/REVIEW/mei","rework_at":"2025-03-03T02:28:00.000000Z","status":"REWORK"}}],"kind":"order_rework","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","criterion":"NOT_HANDLED","text":"请补充"}}','[{"base":"00000000-0000-4000-8000-000000000013","id":"e2184900-f675-5bc2-bec3-30fb4eddc427","table":"case_file","values":{"due_at":"2025-03-04T15:59:59.000000Z","due_clock":"K5","rework_at":"2025-03-03T02:28:00.000000Z","rework_count":1,"rework_reason":"请补充","stage":"DISPOSAL","status":"REWORK"}},{"base":"00000000-0000-4000-8000-000000000013","id":"af170a35-b5d6-59bd-aa6f-18e41cad506c","table":"task","values":{"pauses":"2025-03-03T02:25:00+00:00/2025-03-03T02:28:00+00:00/REVIEW/mei","rework_at":"2025-03-03T02:28:00.000000Z","status":"REWORK"}}]',NULL);
INSERT INTO "log" VALUES('440310',21,'00000000-0000-4000-8000-000000000015','li','OPERATOR','','0A1','register','bf59a12a-f695-5141-aaa9-88a3a31e0f2e','','|','8f8db8402b7ad0fe89c80518b4779eee82cd45ad168182087e82828eb7d7b91c','f071f30b7ec7acfd2c0c2e7a5142a586a40b11d5de405ad666fda3f5eda86a78','','4822f9c30e4acfc8af6251f2bc067f7fd06c342862c617e8cee0cc1b8bbd23c5','599a946294e148fd967a0ae02f0aee0b43f9d681352e526477af2776cef6f568','2025-03-03T02:31:00.000000Z','2025-03-03T02:31:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","claimed_at":"2025-03-03T02:31:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000015","district":"440310","effects":[{"id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T03:01:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030231000A11","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:31:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}],"kind":"register","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"address":"幸福里12号楼门口","category":"010103","channel":"12345","community":"440310001001","narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","reporter":{"id_number":"","name":"","phone":""},"street":"440310001"}}','[{"id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"address":"幸福里12号楼门口","bases":"","batch":null,"by_analogy":false,"calendar":"2026-aa508e","category":"010103","channel":"12345","closed_at":null,"closure_asked_at":null,"closure_text":"","community":"440310001001","dispatched_at":null,"district":"440310","due_at":"2025-03-03T03:01:00.000000Z","due_clock":"K1","due_is_provisional":false,"edition":"PS-4@1","filed_at":null,"grade":"C","historical":false,"is_anonymous":true,"keep_secret":false,"lead_unit":null,"narrative":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修。","nature":"COMPLAINT","number":"SZPS202503030231000A11","phone_masked":"","refusal_reason":null,"refusal_text":"","refused_at":null,"registered_at":"2025-03-03T02:31:00.000000Z","registered_by":"li","reporter_key":null,"reporter_masked":"","return_count":0,"rework_at":null,"rework_count":0,"rework_reason":"","safety_hazard":false,"source_ref":null,"stage":"FILING","status":"REGISTERED","street":"440310001","supplements":null,"title":"小区门口路灯不亮已有三天，夜间出行不便，请尽快维修","units":""}}]',NULL);
INSERT INTO "log" VALUES('440310',22,'00000000-0000-4000-8000-000000000016','li','OPERATOR','','0A1','file','bf59a12a-f695-5141-aaa9-88a3a31e0f2e','|','|','cec5335999b85c9f6d4f9a5aa04261b5c651ce61d5dd49cf4b69da01f46c7a53','51ccb3389aa88207b0d52572aca35f5e418177248b433bcfefc9b146bc2da919','','599a946294e148fd967a0ae02f0aee0b43f9d681352e526477af2776cef6f568','4d43cc4170d8b1a11d3c2ce34aee3887875084a0686f8f9b5949c614931c5649','2025-03-03T02:34:00.000000Z','2025-03-03T02:34:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","claimed_at":"2025-03-03T02:34:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000016","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000015","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"due_at":"2025-03-03T04:34:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T02:34:00.000000Z","stage":"DISPATCH","status":"FILED"}}],"kind":"file","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e"}}','[{"base":"00000000-0000-4000-8000-000000000015","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"due_at":"2025-03-03T04:34:00.000000Z","due_clock":"K2","filed_at":"2025-03-03T02:34:00.000000Z","stage":"DISPATCH","status":"FILED"}}]',NULL);
INSERT INTO "log" VALUES('440310',23,'00000000-0000-4000-8000-000000000017','li','OPERATOR','','0A1','dispatch','bf59a12a-f695-5141-aaa9-88a3a31e0f2e','|','|HOUSING|','0870069ecded065569733ebae33ae05205391b731c33f2baa31540da82e0ca0d','1d250eaa2ded9419be63a59999ee5bbe8134cf679b545d1a395b43241e36fe78','','4d43cc4170d8b1a11d3c2ce34aee3887875084a0686f8f9b5949c614931c5649','53ab8aa7b186aecf1eb4876810b55934628f7dbac203fb19da6cb890e423db07','2025-03-03T02:37:00.000000Z','2025-03-03T02:37:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","claimed_at":"2025-03-03T02:37:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000017","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000016","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"dispatched_at":"2025-03-03T02:37:00.000000Z","due_at":"2025-03-03T06:37:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","table":"task","values":{"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","controlled_at":null,"dispatched_at":"2025-03-03T02:37:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":5,"limits":"","on_behalf":"","on_site_at":null,"pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}],"kind":"dispatch","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","unit":"HOUSING"}}','[{"base":"00000000-0000-4000-8000-000000000016","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"dispatched_at":"2025-03-03T02:37:00.000000Z","due_at":"2025-03-03T06:37:00.000000Z","due_clock":"K3","lead_unit":"HOUSING","stage":"SIGN","status":"DISPATCHED","units":"|HOUSING|"}},{"id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","table":"task","values":{"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","controlled_at":null,"dispatched_at":"2025-03-03T02:37:00.000000Z","dispatched_by":"li","district":"440310","done_at":null,"handled_at":null,"handled_by":"","instruction":"","limit_article":15,"limit_origin":"PROP","limit_source":"PS-4","limit_unit":"WORK_DAY","limit_value":5,"limits":"","on_behalf":"","on_site_at":null,"pauses":"","result":"","returned_at":null,"rework_at":null,"signed_at":null,"signed_by":"","status":"PENDING_SIGN","unit":"HOUSING"}}]',NULL);
INSERT INTO "log" VALUES('440310',24,'00000000-0000-4000-8000-000000000018','ann','UNIT_HANDLER','HOUSING','0A1','ask_return','bf59a12a-f695-5141-aaa9-88a3a31e0f2e','|HOUSING|','|HOUSING|','53c2af11209987403173ace554e471ce86375d9ff25e58820c1ccb329eee7141','5498baf48047592da9d61a4d2e3c8bd0c1394c09a5da8a255f27c948ac6b96cf','','53ab8aa7b186aecf1eb4876810b55934628f7dbac203fb19da6cb890e423db07','41cd475c99fd5d2c15c1511354c2cf1697a24112b3501e757276198c6e3a9a1e','2025-03-03T02:40:00.000000Z','2025-03-03T02:40:00.000000Z',NULL,'{"actor":"ann","batch":null,"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","claimed_at":"2025-03-03T02:40:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000018","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000017","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"due_at":"2025-03-03T03:40:00.000000Z","due_clock":"K7","return_count":1,"stage":"RETURNED"}},{"base":"00000000-0000-4000-8000-000000000017","id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","table":"task","values":{"status":"RETURN_REVIEW"}},{"id":"ef9937ef-7521-5950-9c49-b33f45e4cd1f","table":"request","values":{"asked_at":"2025-03-03T02:40:00.000000Z","asked_by":"ann","basis":"职责清单","case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","decided_at":null,"decided_by":"","decision_text":"","district":"440310","is_improper":false,"kind":"RETURN","level":1,"on_behalf":"","proper_unit":"EDU","reason":"NOT_OUR_DUTY","status":"OPEN","task_id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","task_was":"PENDING_SIGN","text":"不归我管"}}],"kind":"ask_return","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"basis":"职责清单","case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","proper_unit":"EDU","reason":"NOT_OUR_DUTY","task_id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","text":"不归我管"}}','[{"base":"00000000-0000-4000-8000-000000000017","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"due_at":"2025-03-03T03:40:00.000000Z","due_clock":"K7","return_count":1,"stage":"RETURNED"}},{"base":"00000000-0000-4000-8000-000000000017","id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","table":"task","values":{"status":"RETURN_REVIEW"}},{"id":"ef9937ef-7521-5950-9c49-b33f45e4cd1f","table":"request","values":{"asked_at":"2025-03-03T02:40:00.000000Z","asked_by":"ann","basis":"职责清单","case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","decided_at":null,"decided_by":"","decision_text":"","district":"440310","is_improper":false,"kind":"RETURN","level":1,"on_behalf":"","proper_unit":"EDU","reason":"NOT_OUR_DUTY","status":"OPEN","task_id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","task_was":"PENDING_SIGN","text":"不归我管"}}]',NULL);
INSERT INTO "log" VALUES('440310',25,'00000000-0000-4000-8000-000000000019','chen','SHIFT_LEADER','','0A1','approve_return','bf59a12a-f695-5141-aaa9-88a3a31e0f2e','|HOUSING|','|','77d66fefb72f75312b145382dbceffeba397f3677f70ed4252b7398fa7522346','4e204e3fce93e0597cf9d82bf0670c57bf26a3090fde24ed92012e5a4d82bafe','','41cd475c99fd5d2c15c1511354c2cf1697a24112b3501e757276198c6e3a9a1e','24a52afc70ce0fd408914e99ba66ee7d4dfabe9e8fff55b1f5bd2808a04f7dea','2025-03-03T02:43:00.000000Z','2025-03-03T02:43:00.000000Z',NULL,'{"actor":"chen","batch":null,"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","claimed_at":"2025-03-03T02:43:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000000019","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000018","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"due_at":"2025-03-03T04:43:00.000000Z","due_clock":"K2","lead_unit":null,"stage":"DISPATCH","status":"FILED","units":""}},{"base":"00000000-0000-4000-8000-000000000018","id":"ef9937ef-7521-5950-9c49-b33f45e4cd1f","table":"request","values":{"decided_at":"2025-03-03T02:43:00.000000Z","decided_by":"chen","status":"APPROVED"}},{"base":"00000000-0000-4000-8000-000000000018","id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","table":"task","values":{"returned_at":"2025-03-03T02:43:00.000000Z","status":"REDISPATCHED"}}],"kind":"approve_return","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","request_id":"ef9937ef-7521-5950-9c49-b33f45e4cd1f"}}','[{"base":"00000000-0000-4000-8000-000000000018","id":"bf59a12a-f695-5141-aaa9-88a3a31e0f2e","table":"case_file","values":{"due_at":"2025-03-03T04:43:00.000000Z","due_clock":"K2","lead_unit":null,"stage":"DISPATCH","status":"FILED","units":""}},{"base":"00000000-0000-4000-8000-000000000018","id":"ef9937ef-7521-5950-9c49-b33f45e4cd1f","table":"request","values":{"decided_at":"2025-03-03T02:43:00.000000Z","decided_by":"chen","status":"APPROVED"}},{"base":"00000000-0000-4000-8000-000000000018","id":"ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4","table":"task","values":{"returned_at":"2025-03-03T02:43:00.000000Z","status":"REDISPATCHED"}}]',NULL);
INSERT INTO "log" VALUES('440310',26,'00000000-0000-4000-8000-00000000c351','li','OPERATOR','','0A1','attach','e2184900-f675-5bc2-bec3-30fb4eddc427','|HOUSING|','|HOUSING|','f127485d3c79e6fe92ce009e3cf4c0be3a9b6af0083d5b1d5627c34b33b576ae','ff2722e68bd9b70d1025215df67b26f494d758d8917dc6220ff39110c0e8f32d','','24a52afc70ce0fd408914e99ba66ee7d4dfabe9e8fff55b1f5bd2808a04f7dea','5f6a2def6245950ce8bfb6a3e39bff4e8a44133565174e2076df42d975de5463','2025-03-03T02:48:00.000000Z','2025-03-03T02:48:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","claimed_at":"2025-03-03T02:48:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000c351","district":"440310","effects":[{"id":"bf1e6f30-b6f6-59c7-b003-ebc8beab882b","table":"attachment","values":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","digest":"cb62885b37132bd79b03feeeff1c4f046017c353b3c4903604630810050b0658","district":"440310","made_at":"2025-03-03T02:48:00.000000Z","made_by":"li","name":"答复.txt","size":9,"stage":"REPLY","status":"RECORDED","task_id":null}}],"kind":"attach","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","digest":"cb62885b37132bd79b03feeeff1c4f046017c353b3c4903604630810050b0658","name":"答复.txt","size":9,"stage":"REPLY"}}','[{"id":"bf1e6f30-b6f6-59c7-b003-ebc8beab882b","table":"attachment","values":{"case_id":"e2184900-f675-5bc2-bec3-30fb4eddc427","digest":"cb62885b37132bd79b03feeeff1c4f046017c353b3c4903604630810050b0658","district":"440310","made_at":"2025-03-03T02:48:00.000000Z","made_by":"li","name":"答复.txt","size":9,"stage":"REPLY","status":"RECORDED","task_id":null}}]',NULL);
INSERT INTO "log" VALUES('440310',27,'00000000-0000-4000-8000-00000000c352','mei','OPERATOR','','0A1','claim','36fc6ab7-0470-559b-978c-67fd9db608de','|','|','bd8666a192b6c85a721605da18116e6ab183d7fb6b9aeba8d7ea88a286b9f32a','fc6f3cc70a3bf523c81f908e778d2e3f70bb1d361e93f7cbd89aa7118be47990','','5f6a2def6245950ce8bfb6a3e39bff4e8a44133565174e2076df42d975de5463','c97ae8583c713180c70ad0c4a8ef2b5ff05a1ea5946761c257f63b2b4477f659','2025-03-03T02:53:00.000000Z','2025-03-03T02:53:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","claimed_at":"2025-03-03T02:53:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000c352","district":"440310","effects":[{"base":"00000000-0000-4000-8000-000000000005","id":"36fc6ab7-0470-559b-978c-67fd9db608de","table":"case_file","values":{"held_at":"2025-03-03T02:53:00.000000Z","holder":"mei"}}],"kind":"claim","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de"}}','[{"base":"00000000-0000-4000-8000-000000000005","id":"36fc6ab7-0470-559b-978c-67fd9db608de","table":"case_file","values":{"held_at":"2025-03-03T02:53:00.000000Z","holder":"mei"}}]',NULL);
INSERT INTO "log" VALUES('440310',28,'00000000-0000-4000-8000-00000000c353','mei','OPERATOR','','0A1','add_note','36fc6ab7-0470-559b-978c-67fd9db608de','|','|','16ba39797c6dcb99a4b83abc235db0072553491f4820e36a572ed14833c3fcb1','c283b32bdfe3f67fba85ac3da0e948156994c1c852af75d03da274d478ff8f03','','c97ae8583c713180c70ad0c4a8ef2b5ff05a1ea5946761c257f63b2b4477f659','cfd7757c674393993804c71f3b283ad51a85fb545818ca55d5be880504eea665','2025-03-03T02:58:00.000000Z','2025-03-03T02:58:00.000000Z',NULL,'{"actor":"mei","batch":null,"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","claimed_at":"2025-03-03T02:58:00.000000Z","cmd_id":"00000000-0000-4000-8000-00000000c353","district":"440310","effects":[{"id":"658ab17b-54d4-5d0e-af2c-d6910980c05b","table":"note","values":{"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","district":"440310","made_at":"2025-03-03T02:58:00.000000Z","made_by":"mei","status":"RECORDED","text":"已电话核实"}}],"kind":"add_note","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","text":"已电话核实"}}','[{"id":"658ab17b-54d4-5d0e-af2c-d6910980c05b","table":"note","values":{"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","district":"440310","made_at":"2025-03-03T02:58:00.000000Z","made_by":"mei","status":"RECORDED","text":"已电话核实"}}]',NULL);
INSERT INTO "log" VALUES('440310',29,'00000000-0000-4000-8000-000000002711','li','OPERATOR','','0A1','add_note','36fc6ab7-0470-559b-978c-67fd9db608de','|','|','bc3576637c2fa94a423a6764adce18b231305b25cc50773d29cb037890369c4b','b8ca55235081fe2069621a04188111955ca5e3b577bf76d8a81eedd83b88c667','','cfd7757c674393993804c71f3b283ad51a85fb545818ca55d5be880504eea665','d91416d372cd35a5e4b68a267a734ee8b373aec29cb052e67819ed13db2dc74e','2025-03-03T03:03:00.000000Z','2025-03-03T03:03:00.000000Z',NULL,'{"actor":"li","batch":null,"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","claimed_at":"2025-03-03T03:03:00.000000Z","cmd_id":"00000000-0000-4000-8000-000000002711","district":"440310","effects":[{"id":"9a8785b7-d2eb-5aef-8c8f-95b9dc184f65","table":"note","values":{"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","district":"440310","made_at":"2025-03-03T03:03:00.000000Z","made_by":"li","status":"RECORDED","text":"第九版"}}],"kind":"add_note","occurred_at":null,"read_to":"","relies_on":[],"seat":"0A1","undoes":null,"wish":{"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","text":"第九版"}}','[{"id":"9a8785b7-d2eb-5aef-8c8f-95b9dc184f65","table":"note","values":{"case_id":"36fc6ab7-0470-559b-978c-67fd9db608de","district":"440310","made_at":"2025-03-03T03:03:00.000000Z","made_by":"li","status":"RECORDED","text":"第九版"}}]',NULL);
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
INSERT INTO "note" VALUES('658ab17b-54d4-5d0e-af2c-d6910980c05b','440310','RECORDED','00000000-0000-4000-8000-00000000c353',28,'36fc6ab7-0470-559b-978c-67fd9db608de','mei','2025-03-03T02:58:00.000000Z','已电话核实');
INSERT INTO "note" VALUES('9a8785b7-d2eb-5aef-8c8f-95b9dc184f65','440310','RECORDED','00000000-0000-4000-8000-000000002711',29,'36fc6ab7-0470-559b-978c-67fd9db608de','li','2025-03-03T03:03:00.000000Z','第九版');
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
	task_id VARCHAR, leaves_at VARCHAR(27), called_back_at VARCHAR(27), called_back_by VARCHAR DEFAULT '' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "notice" VALUES('e555017a-f9bf-585f-a14f-feea93c3977c','440310','RECORDED','00000000-0000-4000-8000-000000000004',4,'a7a51fda-5af3-5879-972c-d6715fbc33ac','mei','2025-03-03T01:42:00.000000Z','DECLINED','SMS','','经核实不属实',NULL,NULL,NULL,'');
INSERT INTO "notice" VALUES('0192c725-b310-53ae-bd52-2b452704c89e','440310','RECORDED','00000000-0000-4000-8000-000000000013',19,'e2184900-f675-5bc2-bec3-30fb4eddc427','ann','2025-03-03T02:25:00.000000Z','2','PHONE','','已修好','af170a35-b5d6-59bd-aa6f-18e41cad506c',NULL,NULL,'');
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
	decided_at VARCHAR(27), wanted_value INTEGER, wanted_unit VARCHAR, wanted_until VARCHAR(27), 
	PRIMARY KEY (id)
);
INSERT INTO "request" VALUES('ef9937ef-7521-5950-9c49-b33f45e4cd1f','440310','APPROVED','00000000-0000-4000-8000-000000000019',25,'bf59a12a-f695-5141-aaa9-88a3a31e0f2e','ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4','RETURN','PENDING_SIGN','NOT_OUR_DUTY','职责清单','','ann','chen','','不归我管',1,'2025-03-03T02:40:00.000000Z',0,'EDU','2025-03-03T02:43:00.000000Z',NULL,NULL,NULL);
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
	not_by VARCHAR, held VARCHAR, beside BOOLEAN DEFAULT '0' NOT NULL, 
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
INSERT INTO "secret" VALUES('key','0f3d9d9a68a74a1cc8750f2bfc5dc4c09adf72653d50dd47da534632ca3b94a7');
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
INSERT INTO "store_info" VALUES(1,'36a8fbdf-d089-4ce0-b337-29b1bf59112e','440310','SZPS','live','a722f699ffdbf6f905bf4c35be80c12058e0fb3b3e95b6ea634c23655610ede9',9,1,'2025-03-03T01:30:00.000000Z');
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
	done_at VARCHAR(27), limits VARCHAR DEFAULT '' NOT NULL, on_site_at VARCHAR(27), controlled_at VARCHAR(27), part VARCHAR DEFAULT 'LEAD' NOT NULL, 
	PRIMARY KEY (id)
);
INSERT INTO "task" VALUES('3663fdea-68aa-549e-8497-c8cf4a0557ac','440310','SIGNED','00000000-0000-4000-8000-00000000000d',13,'b9a39f9f-4975-53d5-b98a-58c7f6490e37','HOUSING','li','PS-4','ann','','','','','','2025-03-03T02:01:00.000000Z','CLOCK_HOUR','PROP',24,15,'2025-03-03T02:04:00.000000Z',NULL,NULL,NULL,NULL,'','2025-03-03T02:07:00.000000Z',NULL,'LEAD');
INSERT INTO "task" VALUES('af170a35-b5d6-59bd-aa6f-18e41cad506c','440310','REWORK','00000000-0000-4000-8000-000000000014',20,'e2184900-f675-5bc2-bec3-30fb4eddc427','HOUSING','li','PS-4','ann','ann','','2025-03-03T02:25:00+00:00/2025-03-03T02:28:00+00:00/REVIEW/mei','','已处理','2025-03-03T02:19:00.000000Z','WORK_DAY','PROP',1,15,'2025-03-03T02:22:00.000000Z','2025-03-03T02:25:00.000000Z',NULL,'2025-03-03T02:28:00.000000Z',NULL,'',NULL,NULL,'LEAD');
INSERT INTO "task" VALUES('ad5fcc56-467c-5ee7-8f55-9e928bf9c3e4','440310','REDISPATCHED','00000000-0000-4000-8000-000000000019',25,'bf59a12a-f695-5141-aaa9-88a3a31e0f2e','HOUSING','li','PS-4','','','','','','','2025-03-03T02:37:00.000000Z','WORK_DAY','PROP',5,15,NULL,NULL,'2025-03-03T02:43:00.000000Z',NULL,NULL,'',NULL,NULL,'LEAD');
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
INSERT INTO "verification" VALUES('aee0ccc9-f2e5-5a3e-9e73-834c8f9aea02','440310','UNTRUE','00000000-0000-4000-8000-000000000003',3,'a7a51fda-5af3-5879-972c-d6715fbc33ac','hu','','mei','hu','现场没有','','2025-03-03T01:36:00.000000Z','2025-03-03T01:39:00.000000Z');
CREATE TABLE visit (
	id VARCHAR NOT NULL, 
	district VARCHAR NOT NULL, 
	status VARCHAR NOT NULL, 
	changed_by VARCHAR NOT NULL, 
	case_id VARCHAR NOT NULL, 
	why VARCHAR NOT NULL, 
	visited_by VARCHAR NOT NULL, 
	explained_by VARCHAR NOT NULL, 
	on_behalf VARCHAR NOT NULL, 
	decided_by VARCHAR NOT NULL, 
	decision_text VARCHAR NOT NULL, 
	text TEXT NOT NULL, 
	explanation TEXT NOT NULL, 
	attempts INTEGER NOT NULL, 
	overall INTEGER NOT NULL, 
	deal_speed INTEGER NOT NULL, 
	deal_effect INTEGER NOT NULL, 
	feedback_quality INTEGER NOT NULL, 
	service INTEGER NOT NULL, 
	opened_at VARCHAR(27) NOT NULL, 
	first_attempt_at VARCHAR(27), 
	last_attempt_at VARCHAR(27), 
	ended_at VARCHAR(27), 
	explained_at VARCHAR(27), 
	decided_at VARCHAR(27), 
	task_id VARCHAR, 
	seq BIGINT NOT NULL, 
	PRIMARY KEY (id)
);
CREATE INDEX ix_case_file_number ON case_file (number);
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
CREATE INDEX ix_attachment_digest ON attachment (digest);
CREATE INDEX ix_interim_case ON interim (case_id);
CREATE INDEX ix_concern_case ON concern (case_id, seq);
CREATE INDEX ix_case_file_open ON case_file (due_at, id) WHERE status NOT IN ('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'MERGED', 'REFUSED', 'VOID');
CREATE INDEX ix_case_file_ended ON case_file (registered_at, id) WHERE status IN ('CLOSED_ON_TIME', 'CLOSED_OVERDUE', 'COMMENDED', 'MERGED', 'REFUSED', 'VOID');
CREATE INDEX ix_case_file_merged_into ON case_file (merged_into) WHERE merged_into IS NOT NULL;
CREATE INDEX ix_visit_case ON visit (case_id);
COMMIT;
