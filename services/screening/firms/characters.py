"""Characters that are written in several ways: one stands for all in what is compared, never in what is kept.

In each group the first form stands for the others. CJK compatibility ideographs that Unicode decomposes (神 U+FA19)
need no row, NFKC does them; 﨑 and 髙 it leaves.

Sources for `OFFICIAL`: 常用漢字表 (平成22年内閣告示第2号, the forms in brackets), 人名用漢字 (戸籍法施行規則別表第二);
for `NAMES` what registers of families and companies keep beside them (戸籍統一文字; 法務省 誤字俗字・正字一覧表).
斉, 斎, 齊 and 齋 are two characters in law, and one to those who write them.
"""

from __future__ import annotations

import re
import unicodedata

OFFICIAL = """
亜亞 悪惡 圧壓 囲圍 医醫 為爲 壱壹弌 逸迯 隠隱 栄榮 営營 衛衞 鋭銳 駅驛 悦悅 謁谒 閲閱 円圓 園薗 塩鹽 縁緣 艶艷
応應 欧歐 殴毆 桜櫻 奥奧 横橫 温溫 穏穩 仮假 価價 画畫 会會 絵繪 壊壞 懐懷 概槪 拡擴 殻殼 覚覺 学學斈 岳嶽 楽樂
渇渴 勧勸 巻卷 寛寬 歓歡 缶罐 観觀 関關 間閒 陥陷 巌巖 顔顏 帰歸 気氣 亀龜 偽僞 戯戲戱 犠犧 旧舊 拠據 挙擧 虚虛
峡峽 強强 挟挾 教敎 狭狹 郷鄕 暁曉 区區 駆驅駈 勲勳勛 薫薰 群羣 径徑 恵惠 掲揭 携攜 渓溪 経經 継繼 茎莖 蛍螢
軽輕 鶏鷄雞 芸藝 撃擊 欠缺 倹儉 剣劍劔釼剱 圏圈 検檢 権權 献獻 研硏 県縣 険險 顕顯 験驗 厳嚴 戸戶 呉吳 娯娛 効效
広廣 恒恆 鉱鑛礦砿 号號 告吿 国國圀囯 黒黑 歳歲 済濟 砕碎 剤劑 冊册 雑雜襍 参參 惨慘 桟棧 産產 蚕蠶 賛贊 残殘
糸絲 姉姊 歯齒 児兒 辞辭 湿濕 実實 舎舍 写寫 釈釋 寿壽 収收 従從 渋澁澀 獣獸 縦縱 粛肅 処處 緒緖 叙敍敘 奨奬獎
将將 尚尙 渉涉 焼燒 称稱 証證 条條 乗乘 剰剩 壌壤 嬢孃 浄淨 状狀 畳疊 穣穰 譲讓 醸釀 嘱囑 触觸 寝寢 慎愼 晋晉
真眞 刃刄 尽盡 図圖 粋粹 酔醉 随隨 髄髓 数數 枢樞 瀬瀨 清淸 声聲 青靑 静靜 税稅 跡迹蹟 摂攝 窃竊 節莭 説說 絶絕
専專 戦戰 浅淺 潜潛濳 繊纖 践踐 銭錢 禅禪 双雙 壮壯 捜搜 挿插 巣巢 曽曾 争爭 痩瘦 窓窗牕 総總 聡聰 荘莊庄 装裝
騒騷 増增 臓臟 蔵藏 即卽 属屬 続續 堕墮 体體躰軆 対對 帯帶 滞滯 台臺薹 滝瀧 択擇 沢澤 脱脫 単單 担擔 胆膽 団團
弾彈 断斷 痴癡 遅遲 昼晝 虫蟲 鋳鑄 庁廳 徴徵 聴聽 勅敕 鎮鎭 逓遞 鉄鐵銕鐡 塡填 転轉 点點 伝傳 党黨 盗盜 灯燈
当當 稲稻 闘鬪鬭 徳德悳 独獨 読讀 届屆 内內 縄繩 弐貳 妊姙 粘黏 悩惱 脳腦 覇霸 廃廢 拝拜 杯盃 売賣 麦麥 発發
髪髮 抜拔 晩晚 蛮蠻 秘祕 姫姬 浜濱濵 瓶甁 払拂 仏佛 併倂 並竝 変變 辺邊邉 弁辨辯瓣辧辦 歩步 穂穗 宝寶寳 褒襃
豊豐 頰頬 没沒 翻飜 毎每 万萬 満滿 麺麵 黙默 餅餠 戻戾 弥彌 薬藥 訳譯 予豫 余餘 与與 誉譽 揺搖 様樣 謡謠 遥遙
欲慾 来來 頼賴 乱亂 覧覽 裏裡 略畧 竜龍 両兩 猟獵 緑綠 塁壘 涙淚 涼凉 励勵 礼禮 霊靈 齢齡 暦曆 歴歷 恋戀 錬鍊
炉爐 労勞 楼樓 郎郞 禄祿 録錄 湾灣 飲飮 飯飰 館舘
"""

NAMES = """
高髙 崎﨑嵜碕 島嶋嶌 富冨 渕淵渊 吉𠮷 峰峯 柳栁桺 船舩 畑畠 桑桒 秋穐龝 磯礒 凛凜 昂昻 昇曻 野埜 刈苅 坂阪 桧檜
薮藪籔 竈竃 篭籠 壷壺 砺礪 鴎鷗 騨驒 亘亙 尭堯 彦彥 祢禰 祷禱 槙槇 萌萠 晃晄 瑶瑤 熙煕凞熈 蒋蔣 蝉蟬 蝋蠟 蝿蠅
掻搔 麹麴 靭靱 荊荆 侠俠 倶俱 頚頸 鴬鶯 鯵鰺 涛濤 灌潅 焔焰 鎌鐮 鶴靏靍 土圡 角⻆ 長⻑ 民⺠ 西⻄ 食⻝ 鬼⻤ 見⻅
車⻋ 橋槗𣘺 賎賤 躯軀 迩邇 醤醬 祇祗 皐皋 蓑簑 芦蘆 耀燿 鼓皷 松枩柗 沖冲 輌輛 連聯 莱萊 蛎蠣 繋繫 噛嚙 蘂蕊
屏屛 梼檮 撹攪 攅攢 顛顚 掴摑 箪簞 嘘噓 呑吞 剥剝 葱蔥 嚢囊 俣㑨 侭儘 穎頴 鈎鉤 猪豬 翠翆 枡桝 喜㐂 冴冱 諌諫
溌潑 醗醱 鹸鹼 傑杰 厨廚 厩廐廏 婿壻聟 栃杤 栖棲 爾尓 珍珎 蓋葢盖 稟禀 線綫 繍繡 脈脉 虎乕 村邨 舗鋪 隣鄰 雁鴈
飾餝 鼠鼡 床牀 廻𢌞 協恊 叡睿 詠咏 卯夘 紙帋 迪廸 曳曵 映暎 柏栢 梅楳 櫟檪 毘毗 氷冰 煙烟 奇竒 第㐧 蘇蘓 讃讚
達逹 遠逺 兎兔 紘絋 斎斉齋齊 鮨鮓 黄黃 唖啞 却卻 脚腳 柵栅 屡屢 羨羡 罵駡 兜兠 樽罇 苺莓 澄澂 衆眾 崙崘 皓晧
岩嵒 岡崗
"""

VARIANTS = {ord(form): group[0] for group in (OFFICIAL + NAMES).split() for form in group[1:]}
LONGEST = 400  # characters that are compared; names and addresses are shorter

_INVISIBLE = re.compile(  # variation selectors, joiners, marks of direction: they are there and nobody sees them
    r"[\u00ad\u034f\u061c\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_DASH = re.compile(r"[\u2010-\u2015\u2212\u2500\u2501\ufe58\ufe63]")
_KANA_DASH = re.compile(r"(?<=[\u3041-\u3096\u30a1-\u30fa])-")
_REPEATED = re.compile(r"([\u3400-\u9fff])(々+)")
_HIRAGANA = {code: code + 0x60 for code in (*range(0x3041, 0x3097), 0x309D, 0x309E)}
_LARGE = str.maketrans("ァィゥェォッャュョヮヵヶ", "アイウエオツヤユヨワカケ")


def plain(text: str) -> str:
    """One width, one case, one form of each character; spaces and punctuation stay, for they part the words."""
    text = _INVISIBLE.sub("", text[:LONGEST])
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = _KANA_DASH.sub("ー", _DASH.sub("-", text.translate(VARIANTS)))
    return _repeated(text)


def full(text: str) -> str:
    """The same with one kind of kana."""
    return text.translate(_HIRAGANA)


def katakana(text: str) -> str:
    """The same with one kind of kana, all of one size: キヤノン is キャノン."""
    return full(text).translate(_LARGE)


def key(text: str) -> str:
    """What the ways of writing one name have in common. No spaces, no punctuation; `key(key(x))` is `key(x)`."""
    return squeezed(plain(text))


def squeezed(plain_text: str) -> str:
    """The key of a text that is plain already."""
    text = katakana(plain_text).replace("&", "アンド")
    return _repeated("".join(c for c in text if c.isalnum()))


def _repeated(text: str) -> str:
    """佐々木 is 佐佐木."""
    return _REPEATED.sub(lambda found: found[1] * (1 + len(found[2])), text)
