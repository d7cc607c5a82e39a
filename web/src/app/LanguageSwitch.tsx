/** Chinese or English, at once and remembered. */
import { useI18n } from '../i18n/context'

export function LanguageSwitch() {
  const { t, language, setLanguage } = useI18n()
  return (
    <div className="language" role="group" aria-label={t('lang.switch')}>
      {(['zh', 'en'] as const).map((code) => (
        <button key={code} type="button" lang={code === 'zh' ? 'zh-CN' : 'en'} aria-pressed={language === code} onClick={() => setLanguage(code)}>
          {t(`lang.${code}`)}
        </button>
      ))}
    </div>
  )
}
