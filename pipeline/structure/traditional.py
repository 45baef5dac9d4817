"""Web copies in traditional characters: read as if they were simplified, sign for sign, so that every place stays.

The table holds the signs of the genre, not the language: 總結, 鄉鎮, 匯報, 計劃 and what reports are full of.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from typing import Any

from pipeline.model import Document, Evidence, Report, Stated

_FROM = (
    "總結報匯彙計劃鄉鎮縣區黨務辦處書記長會議導傳學習講領幹隊織紀檢監審責員個質開關門間問題環節點線網絡紙發佈進過運動實現際應對於為從後來時歲當與"
    "無業農產經濟財貿稅費資貧脫堅鞏復興創衛護綠氣樹園廠電視廣場話訊號單戶獨養殘婦兒團聯愛擁軍屬優撫勞條規範標準則強調約體聽見讓變轉達還這邊遠連選"
    "舉統戰華國慶義陽陰雙橋灣溝嶺島龍鳳馬魚鳥東樂歡藝術戲館圖設備試樣評獎勵認證識語詞說誰請謝諮詢訪談論種稱穩積極構機權歸殺決減測淨漸潔澤潛溫滅滿"
    "災煙熱營爭獲獻瑪畫異療盡眾碼禮穀窮築簡級紅純細終組給絕維綜緊練縮績繼續罰職聲聞聖膽臺舊艱蘭補裝製複觀覺訂訓許訴診註該詳誠誤課諾謀負貢貨貫買賣"
    "賞賬賽車輛輸辭邁遷鄰醫釋針錄錢鍵鏈鐵閉閱陳隨隱雖離難靈響頁項順預頒頭顏願類顧風飛飲飯驗齊歷曆確礎檔將專尋屆層幣帶幫彈徑徵憂懷態慣懇戀擔據擊擴"
    "攜敗數敵斷暢暫棄棟楊榮橫歐殲氾沒況洩涼滾滯濕灑燈爐牽犧狀猶瑩畢癒盜盤睏矯碩祕禍稟窩競筆箇籌糧糾紛絲綱緒編緩緻縱縫罷羅翹聰肅腦腳臨艙莊葉蓋蔣薦"
    "藥蘇蟲衝袞裡裏覽觸誇誌謹譽讚豐賀賴贏趙跡踐軌軟載輔輕輝輩輪迴遊適遞遲遺郵鄭釀銀銷鋒錯鋼錦鍛鏡鑒鑄閃闊闡陣陸隸雜雲霧靜韓韻頌須頓頻額驅騙驕髒鬥"
    "鬧鮮麗麥黃齡億價僅儘償內冊凍剛劇勢勝協卻參嚴圍壓壞壘夠奪奮媽嬰孫寧寫寬寶尷嶄幾庫廢廳張彎徹憑懸執捨捲掃採揚換揮損搶摯撥擇攔攝攤"
)
_TO = (
    "总结报汇汇计划乡镇县区党务办处书记长会议导传学习讲领干队织纪检监审责员个质开关门间问题环节点线网络纸发布进过运动实现际应对于为从后来时岁当与"
    "无业农产经济财贸税费资贫脱坚巩复兴创卫护绿气树园厂电视广场话讯号单户独养残妇儿团联爱拥军属优抚劳条规范标准则强调约体听见让变转达还这边远连选"
    "举统战华国庆义阳阴双桥湾沟岭岛龙凤马鱼鸟东乐欢艺术戏馆图设备试样评奖励认证识语词说谁请谢咨询访谈论种称稳积极构机权归杀决减测净渐洁泽潜温灭满"
    "灾烟热营争获献玛画异疗尽众码礼谷穷筑简级红纯细终组给绝维综紧练缩绩继续罚职声闻圣胆台旧艰兰补装制复观觉订训许诉诊注该详诚误课诺谋负贡货贯买卖"
    "赏账赛车辆输辞迈迁邻医释针录钱键链铁闭阅陈随隐虽离难灵响页项顺预颁头颜愿类顾风飞饮饭验齐历历确础档将专寻届层币带帮弹径征忧怀态惯恳恋担据击扩"
    "携败数敌断畅暂弃栋杨荣横欧歼泛没况泄凉滚滞湿洒灯炉牵牺状犹莹毕愈盗盘困矫硕秘祸禀窝竞笔个筹粮纠纷丝纲绪编缓致纵缝罢罗翘聪肃脑脚临舱庄叶盖蒋荐"
    "药苏虫冲衮里里览触夸志谨誉赞丰贺赖赢赵迹践轨软载辅轻辉辈轮回游适递迟遗邮郑酿银销锋错钢锦锻镜鉴铸闪阔阐阵陆隶杂云雾静韩韵颂须顿频额驱骗骄脏斗"
    "闹鲜丽麦黄龄亿价仅尽偿内册冻刚剧势胜协却参严围压坏垒够夺奋妈婴孙宁写宽宝尴崭几库废厅张弯彻凭悬执舍卷扫采扬换挥损抢挚拨择拦摄摊"
)
_SIMPLE = str.maketrans(_FROM, _TO)
_TELLTALE = "總結鎮鄉縣黨報會"  # no text of the genre is written without one of these; none is a simplified sign


def simplified(text: str) -> str:
    """The text with the genre's traditional signs replaced, of equal length; itself when it has none.

    >>> simplified("青禾鎮2021年宣傳工作總結"), simplified("青禾镇工作总结")
    ('青禾镇2021年宣传工作总结', '青禾镇工作总结')
    """
    return text.translate(_SIMPLE) if any(sign in text for sign in _TELLTALE) else text


def as_written(report: Report, document: Document) -> Report:
    """A report that was read in simplified signs, with its evidence in the words of ``document``."""
    changed: dict[str, Any] = {field.name: _restored(getattr(report, field.name), document) for field in fields(report)}
    return replace(report, **changed | {"document": document})


def _restored(value: Any, document: Document) -> Any:
    """Title and issuer as written; the evidence of everything else."""
    if isinstance(value, Stated):
        evidence = tuple(_words(item, document) for item in value.evidence)
        span = evidence[0].span if evidence else None
        said = _spelled(value.value, span.of(document.text)) if span else value.value
        return replace(value, value=said, evidence=evidence)
    if is_dataclass(value) and not isinstance(value, type) and hasattr(value, "evidence"):
        changed: dict[str, Any] = {"evidence": tuple(_words(item, document) for item in value.evidence)}
        return replace(value, **changed)
    return value


def _words(item: Evidence, document: Document) -> Evidence:
    if item.span is None or item.where != "text":
        return item
    return replace(item, words=_spelled(item.words, item.span.of(document.text)))


def _spelled(words: str, written: str) -> str:
    """``words`` in the signs of ``written``, without spaces or with; unchanged when not from there."""
    result, at = [], 0
    for sign in words:
        while at < len(written) and written[at].translate(_SIMPLE) != sign:
            if written[at].strip():
                return words
            at += 1
        if at == len(written):
            return words
        result.append(written[at])
        at += 1
    return "".join(result)
